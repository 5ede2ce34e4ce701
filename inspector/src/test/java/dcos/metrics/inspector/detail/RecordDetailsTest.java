// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Outcome.Reason;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.testkit.Await;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordDetailsTest extends DetailsOfEvents {
  @Test
  void reportsWhereADeliveredRecordWent() {
    take(block(2), happened.sorted(1, Happened.accepted("web", 2)));
    happened.pass(39);
    take(happened.made(11, "web", new RecordRange(1, 0, 2)));
    happened.pass(11);
    take(happened.settled(11, 2, new Outcome.Delivered(new Receipt(3, 99))));

    DetailNode went = at(record(1).root(), "where it went");

    assertThat(lines(went))
        .containsExactly(
            "where it went delivered to metrics-web 3@99",
            "verdict accepted",
            "Kafka topic metrics-web",
            "message #11",
            "partition@offset 3@99",
            "in the batch for 41 ms",
            "acknowledged after 12 ms",
            "time taken 53 ms in all");
    follow(at(went, "message"));
    assertThat(led).containsExactly("delivery 0");
  }

  @Test
  void reportsHowLongItWaitedItselfAndNotTheFirstOfItsMessage() {
    take(block(1), happened.sorted(1, Happened.accepted("web", 1)));
    happened.pass(500);
    take(
        happened.block(2, 1, Happened.records("web", 1, 1)),
        happened.sorted(2, Happened.accepted("web", 1)));
    happened.pass(40);
    take(happened.made(11, "web", new RecordRange(1, 0, 1), new RecordRange(2, 0, 1)));

    List<String> first = lines(record(0).root());
    List<String> second = lines(record(1).root());

    assertThat(first).anyMatch(line -> line.matches("in the batch for 54\\d ms"));
    assertThat(second).anyMatch(line -> line.matches("in the batch for 4\\d ms"));
  }

  @Test
  void reportsOneMomentWhileItsMessageSettles() {
    int messages = 300;
    take(block(messages), happened.sorted(1, Happened.accepted("web", messages)));
    for (int i = 0; i < messages; i++) {
      recording.sink().accept(happened.made(i, "web", new RecordRange(1, i, 1)));
    }
    Await.until("all messages are known", recording::isSettled);

    for (int i = 0; i < messages; i++) {
      Event settled = happened.settled(i, 1, new Outcome.Delivered(new Receipt(0, i)));
      Thread.startVirtualThread(() -> recording.sink().accept(settled));
      String where = "partition@offset 0@" + i;
      List<String> lines;
      do {
        lines = lines(record(i).root());
        assertThat(lines.stream().anyMatch(line -> line.startsWith("acknowledged after ")))
            .isEqualTo(lines.contains(where));
      } while (!lines.contains(where));
    }
  }

  @Test
  void namesTheLimitThatAThrottledRecordWentOver() {
    take(
        snapshot("INPUT_LIMIT_AMOUNT_KBYTES=20480", "INPUT_LIMIT_PERIOD=60"),
        block(2),
        happened.sorted(1, Happened.accepted("web", 1), Happened.throttled("web", 1)));

    DetailNode went = at(record(1).root(), "where it went");

    assertThat(lines(went))
        .startsWith(
            "where it went throttled: input limit",
            "verdict throttled",
            "why its connection sent more than the limit",
            "limit input-limit-amount-kbytes 20480 every 60 s");
  }

  @Test
  void reportsWhatUsedUpTheLimitThatARecordWasThrottledBy() {
    long size = sizeOfOne();
    int toLimit = (int) Math.ceilDiv(1024, size);
    beginWithLimit(1);
    take(
        happened.block(1, 1, Happened.records("web", 40, 20)),
        happened.sorted(1, Happened.accepted("web", 40)));
    happened.pass(50_000); // Another period begins within this.
    Event.BlockReceived first = happened.block(2, 1, Happened.records("web", toLimit - 1, 20));
    take(
        first,
        happened.sorted(2, Happened.accepted("web", toLimit - 1)),
        happened.opened(2, "tcp 127.0.0.1:2"),
        happened.header(2),
        happened.block(4, 2, Happened.records("web", 9, 20)),
        happened.sorted(4, Happened.accepted("web", 9)),
        happened.block(3, 1, Happened.records("web", 5, 20)),
        happened.sorted(3, Happened.accepted("web", 1), Happened.throttled("web", 4)));
    int crossing = 40 + toLimit - 1 + 9;

    assertThat(lines(record(crossing + 3).root()))
        .containsSubsequence(
            "limit input-limit-amount-kbytes 1 every 60 s",
            "used up by %s B in %d records, the first at %s"
                .formatted(
                    DisplayFormat.count(toLimit * size),
                    toLimit,
                    DisplayFormat.time(first.at().wallMs())),
            "crossed by record #" + (crossing + 1),
            "sent since the first " + (toLimit + 2) + " records, until this one");
  }

  @Test
  void reportsSoOfTheFirstRecordsOfARecordingToo() {
    int toLimit = (int) Math.ceilDiv(1024, sizeOfOne());
    beginWithLimit(1);
    take(
        happened.block(1, 1, Happened.records("web", toLimit + 2, 20)),
        happened.sorted(1, Happened.accepted("web", toLimit), Happened.throttled("web", 2)));

    assertThat(lines(record(toLimit).root())).contains("crossed by record #" + toLimit);
  }

  /** A stream under an input limit of so many kB a minute. */
  private void beginWithLimit(int kbytes) {
    take(
        snapshot("INPUT_LIMIT_AMOUNT_KBYTES=" + kbytes, "INPUT_LIMIT_PERIOD=60"),
        happened.opened(1, SOURCE),
        happened.header(1));
  }

  private long sizeOfOne() {
    return happened.block(0, 1, Happened.records("web", 1, 20)).stored().length;
  }

  @Test
  void doesNotSayWhatUsedUpALimitThatItCannotSee() {
    beginWithLimit(1000);
    take(
        happened.block(1, 1, Happened.records("web", 3, 1)),
        happened.sorted(1, Happened.accepted("web", 1), Happened.throttled("web", 2)));

    assertThat(lines(record(2).root()))
        .contains("limit input-limit-amount-kbytes 1000 every 60 s")
        .noneMatch(line -> line.startsWith("crossed by"));
  }

  @ParameterizedTest
  @CsvSource({
    "pre-, 246, 'with the prefix pre- it has 250 characters, and Kafka allows 249'",
    "'', 250, 'it has 250 characters, and Kafka allows 249'",
    "'', 0, 'Kafka allows no topic of the name \"\"'"
  })
  void reportsWhatMakesATopicIllegal(String prefix, int characters, String rule) {
    take(
        snapshot("KAFKA_TOPIC_PREFIX=" + prefix),
        happened.opened(1, SOURCE),
        happened.header(1),
        happened.block(1, 1, Happened.records("y".repeat(characters), 1, 1)),
        happened.sorted(1, Happened.rejected(1)));

    assertThat(lines(record(0).root())).contains("rule " + rule);
  }

  @Test
  void namesTheSettingWhereItsValueIsNotKnown() {
    take(
        block(1),
        happened.sorted(1, Happened.accepted("web", 1)),
        happened.made(11, "web", new RecordRange(1, 0, 1)),
        happened.settled(11, 1, new Outcome.Throttled(Outcome.LimitScope.GLOBAL)));

    assertThat(lines(record(0).root()))
        .contains(
            "where it went throttled: global limit",
            "why more was to leave than the limit",
            "limit global-limit-amount-kbytes");
    assertThat(lines(delivery(0).root()))
        .contains(
            "state throttled: over the global limit (global-limit-amount-kbytes)",
            "limit global-limit-amount-kbytes");
  }

  @Test
  void reportsWhyARecordWasRejectedOrFailed() {
    take(
        block(2),
        happened.sorted(1, Happened.rejected(1), Happened.accepted("web", 1)),
        happened.made(11, "web", new RecordRange(1, 1, 1)),
        happened.settled(11, 1, new Outcome.Undeliverable(Reason.TOO_LARGE, "1 MB")));

    assertThat(lines(record(0).root()))
        .contains(
            "where it went rejected: illegal topic",
            "why its topic can not be made a legal name of a Kafka topic");
    assertThat(lines(record(1).root()))
        .contains("where it went undeliverable: too large", "why too large: 1 MB");
  }

  @Test
  void reportsWhereARecordCameFrom() {
    take(happened.opened(1, SOURCE), happened.header(1), block(3));

    DetailContent detail = record(2);

    assertThat(lines(at(detail.root(), "where it came from")))
        .contains(
            "source " + SOURCE,
            "block at byte 100 of the stream",
            "record 3 in its block, counted from 1");
    assertThat(detail.root().children().getLast().name()).isEqualTo("MetricList");
    detail.links().getLast().run().run();
    assertThat(led).containsExactly(new DetailSubject.OfSource(0).toString());
  }
}
