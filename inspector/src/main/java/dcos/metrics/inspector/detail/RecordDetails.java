// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.OutcomeText;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.decode.DecodedNode;
import dcos.metrics.inspector.recording.decode.DecodedRecord;
import dcos.metrics.inspector.recording.decode.LimitCrossing;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.state.RecordedSettings;
import dcos.metrics.inspector.recording.state.TracedRecord;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.Navigator;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A record: where it went and why, where it came from, and every field of it. */
final class RecordDetails {
  private static final int MAX_TOPIC_CHARACTERS = 249;

  private final Recording recording;
  private final Navigator navigator;

  RecordDetails(Recording recording, Navigator navigator) {
    this.recording = recording;
    this.navigator = navigator;
  }

  /** What is known of a record; empty if it is not kept any more. */
  Optional<DetailContent> of(long number) {
    return recording.detail(number).map(this::of);
  }

  private DetailContent of(DecodedRecord detail) {
    CapturedRecord record = detail.traced().record();
    DetailNode decoded = node(detail.tree());
    List<NoticeAction> links = new ArrayList<>();
    if (record.delivery() >= 0) {
      links.add(new NoticeAction("Show delivery", () -> navigator.toDelivery(record.delivery())));
    }
    var stream = new DetailSubject.OfSource(record.sourceNumber());
    links.add(new NoticeAction("Show stream", () -> navigator.toDetail(stream)));
    return new DetailContent(
        new DetailSubject.OfRecord(record.number()),
        new DetailNode(
            "record",
            "#" + DisplayFormat.ordinal(record.number()),
            0,
            detail.bytes().length,
            List.of(went(detail), came(detail), decoded)),
        new DetailContent.DetailBytes(
            detail.bytes(), Math.max(0, detail.streamOffset()), record.problem(), List.of(decoded)),
        links);
  }

  private DetailNode went(DecodedRecord detail) {
    TracedRecord way = detail.traced();
    CapturedRecord record = way.record();
    List<DetailNode> parts = new ArrayList<>();
    String verdict = record.state().decision();
    parts.add(
        DetailNode.of("verdict", verdict.isEmpty() ? "none yet" : verdict).toned(toneOf(record)));
    why(record).ifPresent(parts::add);
    if (!record.kafkaTopic().isEmpty()) {
      parts.add(DetailNode.of("Kafka topic", record.kafkaTopic()));
    }
    if (record.delivery() >= 0) {
      parts.add(
          DetailNode.of("message", message(way.message()))
              .leading(() -> navigator.toDelivery(record.delivery())));
    }
    way.receipt()
        .ifPresent(receipt -> parts.add(DetailNode.of("partition@offset", receipt.toString())));
    detail
        .message()
        .ifPresent(
            message -> {
              long waitedMs = Math.max(0, message.wallMs() - record.wallMs());
              long nanos = TimeUnit.MILLISECONDS.toNanos(waitedMs);
              parts.addAll(DeliveryDetails.took(message, OptionalLong.of(nanos)));
            });
    return DetailNode.of("where it went", summary(way), parts).toned(toneOf(record));
  }

  private static StatusTone toneOf(CapturedRecord record) {
    StatusTone tone = OutcomeText.tone(record.state());
    return tone == StatusTone.BUSY ? StatusTone.QUIET : tone;
  }

  /** The state, and where. */
  private static String summary(TracedRecord way) {
    CapturedRecord record = way.record();
    return switch (record.state().stage()) {
      case RECEIVED -> "received, no verdict yet";
      case IN_BATCH -> LedgerTerm.HELD.kind() + ": waits in the batch of " + record.kafkaTopic();
      case IN_MESSAGE -> LedgerTerm.HELD.kind() + ": its message is on its way to Kafka";
      case DAMAGED -> record.state().label();
      case SETTLED -> record.state().outcome().map(outcome -> summary(way, outcome)).orElse("");
    };
  }

  private static String summary(TracedRecord way, Outcome outcome) {
    String label = outcome.term().label();
    String topic = way.record().kafkaTopic();
    return switch (outcome) {
      case Outcome.Delivered(Receipt receipt) -> label + " to " + topic + " " + receipt;
      case Outcome.DryRun _ -> label + ": would have gone to " + topic;
      default -> label;
    };
  }

  /** By the collector's number, which filters and exports know it by too. */
  static String message(long id) {
    return id < 0 ? "of a number that is not known" : "#" + DisplayFormat.count(id);
  }

  private Optional<DetailNode> why(CapturedRecord record) {
    String why = record.state().isDamaged() ? record.problem() : record.reason();
    if (why.isEmpty()) {
      return Optional.empty();
    }
    var limits = new RecordedSettings(recording.settings());
    StatusTone tone = toneOf(record);
    return Optional.of(
        switch (record.state().outcome().orElse(null)) {
          case Outcome.Throttled(var limit) ->
              switch (limit) {
                case INPUT -> overInputLimit(record, limits, tone);
                case GLOBAL -> overGlobalLimit(limits, tone);
              };
          case Outcome.Rejected _ ->
              DetailNode.of("why", why, DetailNode.of("rule", illegal(record, limits)).toned(tone))
                  .toned(tone);
          case null, default -> DetailNode.of("why", why).toned(tone);
        });
  }

  private static DetailNode overGlobalLimit(RecordedSettings limits, StatusTone tone) {
    return DetailNode.of(
            "why",
            "more was to leave than the limit",
            DetailNode.of("limit", limits.global()).toned(tone),
            DetailNode.of(
                "rule",
                "the message that crosses it still passes, those after it in the period"
                    + " are dropped"))
        .toned(tone);
  }

  /** What makes a topic illegal when all its characters have been made legal. */
  private static String illegal(CapturedRecord record, RecordedSettings limits) {
    String prefix = limits.value(Options.KAFKA_TOPIC_PREFIX).orElse("");
    String name = prefix + record.metrics().getTopic();
    int characters = name.codePointCount(0, name.length());
    if (characters > MAX_TOPIC_CHARACTERS) {
      return "%s%d characters, and Kafka allows %d"
          .formatted(
              prefix.isEmpty() ? "it has " : "with the prefix " + prefix + " it has ",
              characters,
              MAX_TOPIC_CHARACTERS);
    }
    return name.isEmpty() || name.equals(".") || name.equals("..")
        ? "Kafka allows no topic of the name \"" + name + "\""
        : "it is no valid UTF-8";
  }

  private DetailNode overInputLimit(
      CapturedRecord record, RecordedSettings limits, StatusTone tone) {
    List<DetailNode> nodes = new ArrayList<>();
    nodes.add(DetailNode.of("limit", limits.input()).toned(tone));
    limits
        .inputAllowance()
        .flatMap(
            allowance ->
                recording.limitSpent(
                    record.number(), allowance.bytes(), 1000 * allowance.seconds()))
        .ifPresent(spent -> nodes.addAll(howSpent(spent)));
    nodes.add(
        DetailNode.of(
            "rule",
            "the record that crosses it still passes, those after it in the period"
                + " are dropped"));
    return DetailNode.of("why", "its connection sent more than the limit", nodes).toned(tone);
  }

  private List<DetailNode> howSpent(LimitCrossing.SpentAllowance spent) {
    return List.of(
        DetailNode.of(
            "used up by",
            "%s B in %s, the first at %s"
                .formatted(
                    DisplayFormat.count(spent.bytes()),
                    DisplayFormat.count(spent.records(), "record"),
                    DisplayFormat.time(spent.sinceMs()))),
        DetailNode.of("crossed by", "record #" + DisplayFormat.ordinal(spent.crossedBy()))
            .leading(() -> navigator.toRecord(spent.crossedBy())),
        DetailNode.of(
            "sent since the first",
            DisplayFormat.count(spent.sent(), "record") + ", until this one"));
  }

  private DetailNode came(DecodedRecord detail) {
    CapturedRecord record = detail.traced().record();
    var stream = new DetailSubject.OfSource(record.sourceNumber());
    List<DetailNode> parts = new ArrayList<>();
    parts.add(DetailNode.of("source", record.source()).leading(() -> navigator.toDetail(stream)));
    parts.add(DetailNode.of("when", DisplayFormat.time(record.wallMs())));
    if (detail.blockOffset() >= 0) {
      parts.add(DetailNode.of("block", "at byte " + detail.blockOffset() + " of the stream"));
    }
    parts.add(
        DetailNode.of(
            "record",
            DisplayFormat.count(detail.traced().index() + 1L) + " in its block, counted from 1"));
    if (detail.streamOffset() >= 0) {
      parts.add(DetailNode.of("first byte", detail.streamOffset() + " of the stream"));
    }
    return DetailNode.of("where it came from", record.source(), parts).fold();
  }

  /** With its ranges. */
  static DetailNode node(DecodedNode node) {
    return new DetailNode(
        node.name(),
        node.value(),
        node.from(),
        node.to(),
        node.children().stream().map(RecordDetails::node).toList());
  }
}
