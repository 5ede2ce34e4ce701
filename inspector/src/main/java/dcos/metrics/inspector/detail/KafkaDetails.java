// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.KafkaText;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.state.CapturedKafka;
import dcos.metrics.inspector.recording.state.CapturedKafka.KafkaOutage;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.Navigator;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import java.util.ArrayList;
import java.util.List;

/** Kafka: whether it takes messages and since when, what it took, and when it was away. */
final class KafkaDetails {
  /** So many of the last outages are listed. */
  static final int MAX = 200;

  private final Recording recording;
  private final Navigator navigator;

  KafkaDetails(Recording recording, Navigator navigator) {
    this.recording = recording;
    this.navigator = navigator;
  }

  DetailContent all() {
    CapturedKafka kafka = recording.kafka();
    List<DetailNode> nodes = new ArrayList<>();
    StatusTone tone = KafkaText.tone(kafka);
    nodes.add(DetailNode.of("state", state(kafka)).toned(tone));
    KafkaText.brokers(recording.settings())
        .ifPresent(brokers -> nodes.add(DetailNode.of("brokers", brokers)));
    String error = kafka.lastError();
    nodes.add(
        error.isEmpty()
            ? DetailNode.of("last error", "none in this recording")
            : DetailNode.of("last error", error).toned(StatusTone.BAD));
    nodes.add(messages(kafka));
    nodes.add(outages(kafka));
    return new DetailContent(
        new DetailSubject.OfKafka(),
        DetailNode.of("Kafka", "", nodes).toned(tone),
        DetailContent.DetailBytes.none(
            "What was said to Kafka is not recorded as bytes: select a record or a block."),
        recording.errorCount() == 0
            ? List.of()
            : List.of(
                new NoticeAction(
                    "Show all errors", () -> navigator.toDetail(DetailSubject.OfErrors.all()))));
  }

  private static String state(CapturedKafka kafka) {
    return switch (kafka.state()) {
      case UNKNOWN -> "unknown: this recording does not say";
      case UP -> "up since " + DisplayFormat.time(kafka.sinceMs());
      case NOT_DELIVERING -> "not delivering since " + DisplayFormat.time(kafka.sinceMs());
      case DRY_RUN -> "dry run: nothing is sent";
    };
  }

  private DetailNode messages(CapturedKafka kafka) {
    DetailNode failed =
        DetailNode.of(LedgerTerm.Kinds.UNDELIVERABLE, DisplayFormat.count(kafka.failed()));
    return DetailNode.of(
        "messages",
        DisplayFormat.count(recording.deliveryCount()),
        DetailNode.of(LedgerTerm.DELIVERED.kind(), DisplayFormat.count(kafka.delivered())),
        DetailNode.of("sending", DisplayFormat.count(kafka.sending())),
        kafka.failed() == 0 ? failed : failed.toned(StatusTone.BAD));
  }

  /** The last first. */
  private static DetailNode outages(CapturedKafka kafka) {
    List<KafkaOutage> all = kafka.outages();
    if (all.isEmpty()) {
      return DetailNode.of(
          "away",
          switch (kafka.state()) {
            case UP, NOT_DELIVERING -> "was never away in this recording";
            case UNKNOWN, DRY_RUN -> "not that this recording says";
          });
    }
    List<DetailNode> nodes = new ArrayList<>();
    all.reversed().stream().limit(MAX).map(KafkaDetails::outage).forEach(nodes::add);
    long count = all.size() + kafka.outagesBefore();
    if (count > nodes.size()) {
      nodes.add(DetailNode.of("\u2026", DisplayFormat.count(count - nodes.size()) + " before"));
    }
    return DetailNode.of(
        "away", count == 1 ? "once" : DisplayFormat.count(count) + " times", nodes);
  }

  private static DetailNode outage(KafkaOutage outage) {
    String from = DisplayFormat.time(outage.fromMs());
    String end =
        outage.toMs().isEmpty()
            ? "until now"
            : "until "
                + DisplayFormat.time(outage.toMs().getAsLong())
                + ", for "
                + DisplayFormat.timeRange((double) (outage.toMs().getAsLong() - outage.fromMs()));
    String why = outage.error().isEmpty() ? "" : ": " + outage.error();
    return DetailNode.of(from, end + why)
        .toned(outage.toMs().isEmpty() ? StatusTone.BAD : StatusTone.QUIET);
  }
}
