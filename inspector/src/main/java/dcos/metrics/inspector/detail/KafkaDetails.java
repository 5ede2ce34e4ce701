// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.outcome.Term;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedKafka;
import dcos.metrics.inspector.model.captured.CapturedKafka.Outage;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.ArrayList;
import java.util.List;

/** Kafka: whether it takes messages and since when, what it took, and when it was away. */
final class KafkaDetails {
  /** So many of the last outages are listed. */
  static final int MOST = 200;

  private final Recording recording;
  private final Leads leads;

  KafkaDetails(Recording recording, Leads leads) {
    this.recording = recording;
    this.leads = leads;
  }

  Detail all() {
    CapturedKafka kafka = recording.kafka();
    List<Node> nodes = new ArrayList<>();
    Tone tone = KafkaText.tone(kafka);
    nodes.add(Node.of("state", state(kafka)).toned(tone));
    KafkaText.brokers(recording.settings())
        .ifPresent(brokers -> nodes.add(Node.of("brokers", brokers)));
    String error = kafka.lastError();
    nodes.add(
        error.isEmpty()
            ? Node.of("last error", "none in this recording")
            : Node.of("last error", error).toned(Tone.BAD));
    nodes.add(messages(kafka));
    nodes.add(outages(kafka));
    return new Detail(
        new DetailSubject.OfKafka(),
        Node.of("Kafka", "", nodes).toned(tone),
        Detail.Bytes.none(
            "What was said to Kafka is not recorded as bytes: select a record or a block."),
        recording.troubleCount() == 0
            ? List.of()
            : List.of(
                new Action(
                    "Show all errors", () -> leads.toDetail(DetailSubject.OfTroubles.all()))));
  }

  private static String state(CapturedKafka kafka) {
    return switch (kafka.state()) {
      case UNKNOWN -> "unknown: this recording does not say";
      case UP -> "up since " + Texts.time(kafka.sinceMs());
      case NOT_DELIVERING -> "not delivering since " + Texts.time(kafka.sinceMs());
      case DRY_RUN -> "dry run: nothing is sent";
    };
  }

  private Node messages(CapturedKafka kafka) {
    Node failed = Node.of(Term.Kinds.UNDELIVERABLE, Texts.count(kafka.failed()));
    return Node.of(
        "messages",
        Texts.count(recording.deliveryCount()),
        Node.of(Term.DELIVERED.kind(), Texts.count(kafka.delivered())),
        Node.of("sending", Texts.count(kafka.sending())),
        kafka.failed() == 0 ? failed : failed.toned(Tone.BAD));
  }

  /** The last first. */
  private static Node outages(CapturedKafka kafka) {
    List<Outage> all = kafka.outages();
    if (all.isEmpty()) {
      return Node.of(
          "away",
          switch (kafka.state()) {
            case UP, NOT_DELIVERING -> "was never away in this recording";
            case UNKNOWN, DRY_RUN -> "not that this recording says";
          });
    }
    List<Node> nodes = new ArrayList<>();
    all.reversed().stream().limit(MOST).map(KafkaDetails::outage).forEach(nodes::add);
    long count = all.size() + kafka.outagesBefore();
    if (count > nodes.size()) {
      nodes.add(Node.of("\u2026", Texts.count(count - nodes.size()) + " before"));
    }
    return Node.of("away", count == 1 ? "once" : Texts.count(count) + " times", nodes);
  }

  private static Node outage(Outage outage) {
    String from = Texts.time(outage.fromMs());
    String end =
        outage.toMs().isEmpty()
            ? "until now"
            : "until "
                + Texts.time(outage.toMs().getAsLong())
                + ", for "
                + Texts.span((double) (outage.toMs().getAsLong() - outage.fromMs()));
    String why = outage.error().isEmpty() ? "" : ": " + outage.error();
    return Node.of(from, end + why).toned(outage.toMs().isEmpty() ? Tone.BAD : Tone.QUIET);
  }
}
