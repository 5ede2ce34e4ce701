// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.collector.filter.FilterKey;
import dcos.metrics.collector.filter.FilterTerm;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.OutcomeText;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.MessageRecordRange;
import dcos.metrics.inspector.recording.state.RecordedSettings;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.Navigator;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import dcos.metrics.inspector.workspace.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A message: what became of it, what made it, and the records that it holds. */
final class DeliveryDetails {
  /** Up to this many records are listed by block; the table of records has all of them. */
  static final int MAX_RECORDS = 200;

  static final String NO_BYTES =
      "The message's bytes are not recorded: it holds the records that are listed above.";

  private final Recording recording;
  private final Navigator navigator;

  DeliveryDetails(Recording recording, Navigator navigator) {
    this.recording = recording;
    this.navigator = navigator;
  }

  /** What is known of a message; empty if it is not kept any more. */
  Optional<DetailContent> of(long number) {
    return recording.deliveries(number, 1).stream()
        .filter(delivery -> delivery.number() == number)
        .findFirst()
        .map(this::of);
  }

  private DetailContent of(CapturedDelivery delivery) {
    StatusTone tone = toneOf(delivery);
    List<MessageRecordRange> ranges = recording.rangesOf(delivery.number());
    List<DetailNode> nodes = new ArrayList<>();
    nodes.add(DetailNode.of("state", state(delivery)).toned(tone));
    if (delivery.state().is(LedgerTerm.THROTTLED_GLOBAL)) {
      String limit = new RecordedSettings(recording.settings()).global();
      nodes.add(DetailNode.of("limit", limit).toned(tone));
    }
    if (!delivery.detail().isEmpty()) {
      nodes.add(DetailNode.of("why", delivery.detail()).toned(tone));
    }
    nodes.add(DetailNode.of("topic", delivery.topic()));
    delivery
        .receipt()
        .ifPresent(
            at -> {
              nodes.add(DetailNode.of("partition", Integer.toString(at.partition())));
              nodes.add(DetailNode.of("offset", Long.toString(at.offset())));
            });
    nodes.add(DetailNode.of("triggered by", trigger(delivery)));
    nodes.add(
        DetailNode.of(
            "holds",
            DisplayFormat.count(delivery.records(), "record")
                + ", "
                + DisplayFormat.bytes(delivery.bytes())
                + " before the collector's tags"));
    nodes.add(DetailNode.of("made at", DisplayFormat.time(delivery.wallMs())));
    nodes.addAll(took(delivery));
    if (delivery.settledRecords() > 0 && delivery.settledRecords() < delivery.records()) {
      nodes.add(
          DetailNode.of(
              "settled",
              DisplayFormat.count(delivery.settledRecords())
                  + " of "
                  + DisplayFormat.count(delivery.records())
                  + " records: it was split"));
    }
    nodes.add(records(ranges));
    String filter = FilterTerm.equal(FilterKey.MESSAGE, delivery.id()).toString();
    List<NoticeAction> links = new ArrayList<>();
    ranges.stream()
        .filter(range -> range.firstRecord() >= 0)
        .findFirst()
        .ifPresent(
            first ->
                links.add(
                    new NoticeAction(
                        "Show its first record", () -> navigator.toRecord(first.firstRecord()))));
    links.add(
        new NoticeAction("Show only its records", () -> navigator.toFound(filter, View.RECORDS)));
    return new DetailContent(
        new DetailSubject.OfDelivery(delivery.number()),
        DetailNode.of("message", RecordDetails.message(delivery.id()), nodes),
        DetailContent.DetailBytes.none(NO_BYTES),
        links);
  }

  private static StatusTone toneOf(CapturedDelivery delivery) {
    StatusTone tone = OutcomeText.tone(delivery);
    return tone == StatusTone.BUSY ? StatusTone.QUIET : tone;
  }

  private static String state(CapturedDelivery delivery) {
    MessageState state = delivery.state();
    return switch (state.stage()) {
      case QUEUED -> "being collected";
      case SENDING -> "on its way to Kafka, not acknowledged yet";
      case SETTLED ->
          state.partly()
              ? "it was split, and only parts of it were delivered"
              : state.term().map(term -> term.kind() + ": " + term.explanation()).orElse("");
    };
  }

  private static String trigger(CapturedDelivery delivery) {
    if (delivery.trigger() == null) {
      return "";
    }
    String word = delivery.trigger().word();
    return word
        + switch (delivery.trigger()) {
          case COUNT -> ": as many records as a message holds";
          case SIZE -> ": as many bytes as a message holds";
          case PERIOD -> ": its first record had waited long enough";
          case MEMORY -> ": something else waited for memory";
          case SHUTDOWN -> ": the collector stopped";
          case UNKNOWN -> ": a trigger of a newer version";
        };
  }

  /** Where the time of its first record went. */
  private static List<DetailNode> took(CapturedDelivery delivery) {
    return took(delivery, delivery.batchNanos());
  }

  /**
   * Where the time of one of its records went.
   *
   * @param batchNanos from when that record came until the message was made, if known
   */
  static List<DetailNode> took(CapturedDelivery delivery, OptionalLong batchNanos) {
    List<DetailNode> timeRanges = new ArrayList<>();
    if (batchNanos.isPresent()) {
      timeRanges.add(
          DetailNode.of("in the batch for", DisplayFormat.timeRange(batchNanos.getAsLong() / 1e6)));
    }
    if (delivery.settleNanos().isPresent()) {
      String what =
          delivery.state().is(LedgerTerm.DELIVERED) ? "acknowledged after" : "settled after";
      timeRanges.add(
          DetailNode.of(what, DisplayFormat.timeRange(delivery.settleNanos().getAsLong() / 1e6)));
    }
    if (batchNanos.isPresent() && delivery.settleNanos().isPresent()) {
      long nanos = batchNanos.getAsLong() + delivery.settleNanos().getAsLong();
      timeRanges.add(DetailNode.of("time taken", DisplayFormat.timeRange(nanos / 1e6) + " in all"));
    }
    return timeRanges;
  }

  /** By source, and there by block. */
  private DetailNode records(List<MessageRecordRange> ranges) {
    Map<Integer, List<MessageRecordRange>> bySource = new LinkedHashMap<>();
    for (MessageRecordRange range : ranges) {
      bySource.computeIfAbsent(range.sourceNumber(), _ -> new ArrayList<>()).add(range);
    }
    List<DetailNode> sources = new ArrayList<>();
    int[] left = {MAX_RECORDS};
    bySource.forEach((source, its) -> sources.add(source(source, its, left)));
    int all = ranges.stream().mapToInt(MessageRecordRange::records).sum();
    int sent = bySource.size();
    return DetailNode.of(
        "records",
        DisplayFormat.count(all)
            + " from "
            + (sent == 1 ? "one source" : DisplayFormat.count(sent) + " sources"),
        sources);
  }

  private DetailNode source(int number, List<MessageRecordRange> ranges, int[] left) {
    int records = ranges.stream().mapToInt(MessageRecordRange::records).sum();
    if (number < 0) {
      return DetailNode.of("not kept any more", DisplayFormat.count(records, "record"));
    }
    List<DetailNode> blocks = new ArrayList<>();
    int hidden = 0;
    for (MessageRecordRange range : ranges) {
      if (left[0] > 0) {
        blocks.add(block(range, left));
      } else {
        hidden += range.records();
      }
    }
    if (hidden > 0) {
      blocks.add(DetailNode.of("\u2026", DisplayFormat.count(hidden) + " more"));
    }
    return DetailNode.of(ranges.getFirst().source(), DisplayFormat.count(records, "record"), blocks)
        .leading(() -> navigator.toDetail(new DetailSubject.OfSource(number)));
  }

  private DetailNode block(MessageRecordRange range, int[] left) {
    List<DetailNode> records = new ArrayList<>();
    int listed = Math.min(range.records(), left[0]);
    for (int i = 0; i < listed; i++) {
      long record = range.firstRecord() + i;
      records.add(
          DetailNode.of("record", "#" + DisplayFormat.ordinal(record))
              .leading(() -> navigator.toRecord(record)));
    }
    left[0] -= listed;
    if (listed < range.records()) {
      records.add(DetailNode.of("\u2026", DisplayFormat.count(range.records() - listed) + " more"));
    }
    String where = range.blockOffset() < 0 ? "block" : "block at byte " + range.blockOffset();
    String which =
        range.records() == 1
            ? "its record " + (range.first() + 1)
            : "its records " + (range.first() + 1) + " to " + (range.first() + range.records());
    return DetailNode.of(where, which, records);
  }
}
