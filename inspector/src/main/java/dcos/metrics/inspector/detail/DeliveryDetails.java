// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.filter.FilterTerm;
import dcos.metrics.collector.filter.Key;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.MessagePart;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.View;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A message: what became of it, what made it, and the records that it holds. */
final class DeliveryDetails {
  /** Up to this many records are listed by block; the table of records has all of them. */
  static final int MOST_RECORDS = 200;

  static final String NO_BYTES =
      "The message's bytes are not recorded: it holds the records that are listed above.";

  private final Recording recording;
  private final Leads leads;

  DeliveryDetails(Recording recording, Leads leads) {
    this.recording = recording;
    this.leads = leads;
  }

  /** What is known of a message; empty if it is not kept any more. */
  Optional<Detail> of(long number) {
    return recording.deliveries(number, 1).stream()
        .filter(delivery -> delivery.number() == number)
        .findFirst()
        .map(this::of);
  }

  private Detail of(CapturedDelivery delivery) {
    Tone tone = toneOf(delivery);
    List<MessagePart> parts = recording.partsOf(delivery.number());
    List<Node> nodes = new ArrayList<>();
    nodes.add(Node.of("state", state(delivery)).toned(tone));
    if (delivery.state().is(Term.THROTTLED_GLOBAL)) {
      String limit = new LimitsInForce(recording.settings()).global();
      nodes.add(Node.of("limit", limit).toned(tone));
    }
    if (!delivery.detail().isEmpty()) {
      nodes.add(Node.of("why", delivery.detail()).toned(tone));
    }
    nodes.add(Node.of("topic", delivery.topic()));
    delivery
        .receipt()
        .ifPresent(
            at -> {
              nodes.add(Node.of("partition", Integer.toString(at.partition())));
              nodes.add(Node.of("offset", Long.toString(at.offset())));
            });
    nodes.add(Node.of("triggered by", trigger(delivery)));
    nodes.add(
        Node.of(
            "holds",
            Texts.count(delivery.records(), "record")
                + ", "
                + Texts.bytes(delivery.bytes())
                + " before the collector's tags"));
    nodes.add(Node.of("made at", Texts.time(delivery.wallMs())));
    nodes.addAll(took(delivery));
    if (delivery.settledRecords() > 0 && delivery.settledRecords() < delivery.records()) {
      nodes.add(
          Node.of(
              "settled",
              Texts.count(delivery.settledRecords())
                  + " of "
                  + Texts.count(delivery.records())
                  + " records: it was split"));
    }
    nodes.add(records(parts));
    String filter = FilterTerm.equal(Key.MESSAGE, delivery.id()).toString();
    List<Action> links = new ArrayList<>();
    parts.stream()
        .filter(part -> part.firstRecord() >= 0)
        .findFirst()
        .ifPresent(
            first ->
                links.add(
                    new Action(
                        "Show its first record", () -> leads.toRecord(first.firstRecord()))));
    links.add(new Action("Show only its records", () -> leads.toFound(filter, View.RECORDS)));
    return new Detail(
        new DetailSubject.OfDelivery(delivery.number()),
        Node.of("message", RecordDetails.message(delivery.id()), nodes),
        Detail.Bytes.none(NO_BYTES),
        links);
  }

  private static Tone toneOf(CapturedDelivery delivery) {
    Tone tone = Outcomes.tone(delivery);
    return tone == Tone.BUSY ? Tone.QUIET : tone;
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
  private static List<Node> took(CapturedDelivery delivery) {
    return took(delivery, delivery.batchNanos());
  }

  /**
   * Where the time of one of its records went.
   *
   * @param batchNanos from when that record came until the message was made, if known
   */
  static List<Node> took(CapturedDelivery delivery, OptionalLong batchNanos) {
    List<Node> spans = new ArrayList<>();
    if (batchNanos.isPresent()) {
      spans.add(Node.of("in the batch for", Texts.span(batchNanos.getAsLong() / 1e6)));
    }
    if (delivery.settleNanos().isPresent()) {
      String what = delivery.state().is(Term.DELIVERED) ? "acknowledged after" : "settled after";
      spans.add(Node.of(what, Texts.span(delivery.settleNanos().getAsLong() / 1e6)));
    }
    if (batchNanos.isPresent() && delivery.settleNanos().isPresent()) {
      long nanos = batchNanos.getAsLong() + delivery.settleNanos().getAsLong();
      spans.add(Node.of("time taken", Texts.span(nanos / 1e6) + " in all"));
    }
    return spans;
  }

  /** By source, and there by block. */
  private Node records(List<MessagePart> parts) {
    Map<Integer, List<MessagePart>> bySource = new LinkedHashMap<>();
    for (MessagePart part : parts) {
      bySource.computeIfAbsent(part.sourceNumber(), _ -> new ArrayList<>()).add(part);
    }
    List<Node> sources = new ArrayList<>();
    int[] left = {MOST_RECORDS};
    bySource.forEach((source, its) -> sources.add(source(source, its, left)));
    int all = parts.stream().mapToInt(MessagePart::records).sum();
    int sent = bySource.size();
    return Node.of(
        "records",
        Texts.count(all) + " from " + (sent == 1 ? "one source" : Texts.count(sent) + " sources"),
        sources);
  }

  private Node source(int number, List<MessagePart> parts, int[] left) {
    int records = parts.stream().mapToInt(MessagePart::records).sum();
    if (number < 0) {
      return Node.of("not kept any more", Texts.count(records, "record"));
    }
    List<Node> blocks = new ArrayList<>();
    int hidden = 0;
    for (MessagePart part : parts) {
      if (left[0] > 0) {
        blocks.add(block(part, left));
      } else {
        hidden += part.records();
      }
    }
    if (hidden > 0) {
      blocks.add(Node.of("\u2026", Texts.count(hidden) + " more"));
    }
    return Node.of(parts.getFirst().source(), Texts.count(records, "record"), blocks)
        .leading(() -> leads.toDetail(new DetailSubject.OfSource(number)));
  }

  private Node block(MessagePart part, int[] left) {
    List<Node> records = new ArrayList<>();
    int listed = Math.min(part.records(), left[0]);
    for (int i = 0; i < listed; i++) {
      long record = part.firstRecord() + i;
      records.add(
          Node.of("record", "#" + Texts.ordinal(record)).leading(() -> leads.toRecord(record)));
    }
    left[0] -= listed;
    if (listed < part.records()) {
      records.add(Node.of("\u2026", Texts.count(part.records() - listed) + " more"));
    }
    String where = part.blockOffset() < 0 ? "block" : "block at byte " + part.blockOffset();
    String which =
        part.records() == 1
            ? "its record " + (part.first() + 1)
            : "its records " + (part.first() + 1) + " to " + (part.first() + part.records());
    return Node.of(where, which, records);
  }
}
