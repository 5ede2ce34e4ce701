// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedRecord;
import dcos.metrics.inspector.model.captured.TracedRecord;
import dcos.metrics.inspector.model.detail.DetailNode;
import dcos.metrics.inspector.model.detail.LimitCrossing;
import dcos.metrics.inspector.model.detail.RecordDetail;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A record: where it went and why, where it came from, and every field of it. */
final class RecordDetails {
  private static final int MOST_TOPIC_CHARACTERS = 249;

  private final Recording recording;
  private final Leads leads;

  RecordDetails(Recording recording, Leads leads) {
    this.recording = recording;
    this.leads = leads;
  }

  /** What is known of a record; empty if it is not kept any more. */
  Optional<Detail> of(long number) {
    return recording.detail(number).map(this::of);
  }

  private Detail of(RecordDetail detail) {
    CapturedRecord record = detail.traced().record();
    Node decoded = node(detail.tree());
    List<Action> links = new ArrayList<>();
    if (record.delivery() >= 0) {
      links.add(new Action("Show delivery", () -> leads.toDelivery(record.delivery())));
    }
    var stream = new DetailSubject.OfSource(record.sourceNumber());
    links.add(new Action("Show stream", () -> leads.toDetail(stream)));
    return new Detail(
        new DetailSubject.OfRecord(record.number()),
        new Node(
            "record",
            "#" + Texts.ordinal(record.number()),
            0,
            detail.bytes().length,
            List.of(went(detail), came(detail), decoded)),
        new Detail.Bytes(
            detail.bytes(), Math.max(0, detail.streamOffset()), record.problem(), List.of(decoded)),
        links);
  }

  private Node went(RecordDetail detail) {
    TracedRecord way = detail.traced();
    CapturedRecord record = way.record();
    List<Node> parts = new ArrayList<>();
    String verdict = record.state().decision();
    parts.add(Node.of("verdict", verdict.isEmpty() ? "none yet" : verdict).toned(toneOf(record)));
    why(record).ifPresent(parts::add);
    if (!record.kafkaTopic().isEmpty()) {
      parts.add(Node.of("Kafka topic", record.kafkaTopic()));
    }
    if (record.delivery() >= 0) {
      parts.add(
          Node.of("message", message(way.message()))
              .leading(() -> leads.toDelivery(record.delivery())));
    }
    way.receipt().ifPresent(receipt -> parts.add(Node.of("partition@offset", receipt.toString())));
    detail
        .message()
        .ifPresent(
            message -> {
              long waitedMs = Math.max(0, message.wallMs() - record.wallMs());
              long nanos = TimeUnit.MILLISECONDS.toNanos(waitedMs);
              parts.addAll(DeliveryDetails.took(message, OptionalLong.of(nanos)));
            });
    return Node.of("where it went", summary(way), parts).toned(toneOf(record));
  }

  private static Tone toneOf(CapturedRecord record) {
    Tone tone = Outcomes.tone(record.state());
    return tone == Tone.BUSY ? Tone.QUIET : tone;
  }

  /** The state, and where. */
  private static String summary(TracedRecord way) {
    CapturedRecord record = way.record();
    return switch (record.state().stage()) {
      case RECEIVED -> "received, no verdict yet";
      case IN_BATCH -> Term.HELD.kind() + ": waits in the batch of " + record.kafkaTopic();
      case IN_MESSAGE -> Term.HELD.kind() + ": its message is on its way to Kafka";
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
    return id < 0 ? "of a number that is not known" : "#" + Texts.count(id);
  }

  private Optional<Node> why(CapturedRecord record) {
    String why = record.state().isDamaged() ? record.problem() : record.reason();
    if (why.isEmpty()) {
      return Optional.empty();
    }
    var limits = new LimitsInForce(recording.settings());
    Tone tone = toneOf(record);
    return Optional.of(
        switch (record.state().outcome().orElse(null)) {
          case Outcome.Throttled(var limit) ->
              switch (limit) {
                case INPUT -> overInputLimit(record, limits, tone);
                case GLOBAL -> overGlobalLimit(limits, tone);
              };
          case Outcome.Rejected _ ->
              Node.of("why", why, Node.of("rule", illegal(record, limits)).toned(tone)).toned(tone);
          case null, default -> Node.of("why", why).toned(tone);
        });
  }

  private static Node overGlobalLimit(LimitsInForce limits, Tone tone) {
    return Node.of(
            "why",
            "more was to leave than the limit",
            Node.of("limit", limits.global()).toned(tone),
            Node.of(
                "rule",
                "the message that crosses it still passes, those after it in the period"
                    + " are dropped"))
        .toned(tone);
  }

  /** What makes a topic illegal when all its characters have been made legal. */
  private static String illegal(CapturedRecord record, LimitsInForce limits) {
    String prefix = limits.value(Options.KAFKA_TOPIC_PREFIX).orElse("");
    String name = prefix + record.metrics().getTopic();
    int characters = name.codePointCount(0, name.length());
    if (characters > MOST_TOPIC_CHARACTERS) {
      return "%s%d characters, and Kafka allows %d"
          .formatted(
              prefix.isEmpty() ? "it has " : "with the prefix " + prefix + " it has ",
              characters,
              MOST_TOPIC_CHARACTERS);
    }
    return name.isEmpty() || name.equals(".") || name.equals("..")
        ? "Kafka allows no topic of the name \"" + name + "\""
        : "it is no valid UTF-8";
  }

  private Node overInputLimit(CapturedRecord record, LimitsInForce limits, Tone tone) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(Node.of("limit", limits.input()).toned(tone));
    limits
        .inputAllowance()
        .flatMap(
            allowance ->
                recording.limitSpent(
                    record.number(), allowance.bytes(), 1000 * allowance.seconds()))
        .ifPresent(spent -> nodes.addAll(howSpent(spent)));
    nodes.add(
        Node.of(
            "rule",
            "the record that crosses it still passes, those after it in the period"
                + " are dropped"));
    return Node.of("why", "its connection sent more than the limit", nodes).toned(tone);
  }

  private List<Node> howSpent(LimitCrossing.Spent spent) {
    return List.of(
        Node.of(
            "used up by",
            "%s B in %s, the first at %s"
                .formatted(
                    Texts.count(spent.bytes()),
                    Texts.count(spent.records(), "record"),
                    Texts.time(spent.sinceMs()))),
        Node.of("crossed by", "record #" + Texts.ordinal(spent.crossedBy()))
            .leading(() -> leads.toRecord(spent.crossedBy())),
        Node.of("sent since the first", Texts.count(spent.sent(), "record") + ", until this one"));
  }

  private Node came(RecordDetail detail) {
    CapturedRecord record = detail.traced().record();
    var stream = new DetailSubject.OfSource(record.sourceNumber());
    List<Node> parts = new ArrayList<>();
    parts.add(Node.of("source", record.source()).leading(() -> leads.toDetail(stream)));
    parts.add(Node.of("when", Texts.time(record.wallMs())));
    if (detail.blockOffset() >= 0) {
      parts.add(Node.of("block", "at byte " + detail.blockOffset() + " of the stream"));
    }
    parts.add(
        Node.of(
            "record", Texts.count(detail.traced().index() + 1L) + " in its block, counted from 1"));
    if (detail.streamOffset() >= 0) {
      parts.add(Node.of("first byte", detail.streamOffset() + " of the stream"));
    }
    return Node.of("where it came from", record.source(), parts).fold();
  }

  /** With its ranges. */
  static Node node(DetailNode node) {
    return new Node(
        node.name(),
        node.value(),
        node.from(),
        node.to(),
        node.children().stream().map(RecordDetails::node).toList());
  }
}
