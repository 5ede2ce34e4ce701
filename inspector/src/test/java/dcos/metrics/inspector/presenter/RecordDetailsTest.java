// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Part;
import dcos.metrics.collector.message.Outcome;
import dcos.metrics.collector.message.Outcome.Reason;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.Detail.Subject;
import org.junit.jupiter.api.Test;

class RecordDetailsTest extends DetailsOfEvents {
  @Test
  void saysWhereADeliveredRecordWent() {
    take(block(2), happened.sorted(1, Happened.accepted("web", 2)));
    happened.pass(39);
    take(happened.made(11, "web", new Part(1, 0, 2)));
    happened.pass(11);
    take(happened.settled(11, 2, new Outcome.Delivered(3, 99)));

    Node went = at(record(1).root(), "where it went");

    assertThat(lines(went))
        .containsExactly(
            "where it went delivered to metrics-web 3@99",
            "verdict accepted",
            "Kafka topic metrics-web",
            "message #0 of the deliveries, message=11 in filters and exports",
            "partition@offset 3@99",
            "in the batch for 41 ms",
            "acknowledged after 12 ms",
            "time taken 53 ms, both together");
    follow(at(went, "message"));
    assertThat(led).containsExactly("delivery 0");
  }

  @Test
  void namesTheLimitThatAThrottledRecordWentOver() {
    take(
        snapshot("INPUT_LIMIT_AMOUNT_KBYTES=20480", "INPUT_LIMIT_PERIOD=60"),
        block(2),
        happened.sorted(1, Happened.accepted("web", 1), Happened.throttled("web", 1)));

    Node went = at(record(1).root(), "where it went");

    assertThat(lines(went))
        .startsWith(
            "where it went throttled: input limit",
            "verdict throttled",
            "why its connection sent more than the limit",
            "limit input-limit-amount-kbytes 20480 every 60 s");
  }

  @Test
  void saysHowMuchAThrottledRecordsConnectionHadSent() {
    Event.BlockReceived before = happened.block(1, 1, Happened.records("web", 4, 1));
    take(
        snapshot("INPUT_LIMIT_AMOUNT_KBYTES=1", "INPUT_LIMIT_PERIOD=60"),
        happened.opened(1, SOURCE),
        happened.header(1),
        before,
        happened.sorted(1, Happened.accepted("web", 4)));
    happened.pass(60_000);
    Event.BlockReceived whole = happened.block(2, 1, Happened.records("web", 3, 1));
    Event.BlockReceived partly = happened.block(3, 1, Happened.records("web", 2, 1));
    take(
        whole,
        happened.sorted(2, Happened.accepted("web", 3)),
        happened.opened(2, "tcp 127.0.0.1:2"),
        happened.header(2),
        happened.block(4, 2, Happened.records("web", 9, 1)),
        happened.sorted(4, Happened.accepted("web", 9)),
        partly,
        happened.sorted(3, Happened.accepted("web", 1), Happened.throttled("web", 1)));
    int bytes = whole.stored().length + partly.stored().length / 2;

    assertThat(lines(record(17).root()))
        .contains("accepted of it " + bytes + " B in 4 records, in the 60 s before");
  }

  @Test
  void namesTheSettingWhereItsValueIsNotKnown() {
    take(
        block(1),
        happened.sorted(1, Happened.accepted("web", 1)),
        happened.made(11, "web", new Part(1, 0, 1)),
        happened.settled(11, 1, new Outcome.Throttled()));

    assertThat(lines(record(0).root()))
        .contains(
            "where it went throttled: global limit",
            "why more was to leave than the limit",
            "limit global-limit-amount-kbytes");
    assertThat(lines(delivery(0).root()))
        .contains("state throttled: over the global limit", "limit global-limit-amount-kbytes");
  }

  @Test
  void saysWhyARecordWasRejectedOrFailed() {
    take(
        block(2),
        happened.sorted(1, Happened.rejected(1), Happened.accepted("web", 1)),
        happened.made(11, "web", new Part(1, 1, 1)),
        happened.settled(11, 1, new Outcome.Undeliverable(Reason.TOO_LARGE, "1 MB")));

    assertThat(lines(record(0).root()))
        .contains(
            "where it went rejected: topic",
            "why its topic can not be made a legal name of a Kafka topic");
    assertThat(lines(record(1).root())).contains("where it went failed", "why too large: 1 MB");
  }

  @Test
  void saysWhereARecordCameFrom() {
    take(happened.opened(1, SOURCE), happened.header(1), block(3));

    Detail detail = record(2);

    assertThat(lines(at(detail.root(), "where it came from")))
        .contains(
            "source " + SOURCE,
            "block at byte 100 of the stream",
            "record 3 in its block, counted from 1");
    assertThat(detail.root().children().getLast().name()).isEqualTo("MetricList");
    detail.links().getLast().run().run();
    assertThat(led).containsExactly(new Subject.OfSource(0).toString());
  }
}
