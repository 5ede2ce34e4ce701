// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Tap;
import dcos.metrics.collector.testing.RecordingLogger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static final Lanes.Count COUNT = new Lanes.Count(2, 0, 3, 300, 1, 50, 0);

  private final FakeNanos clock = new FakeNanos();
  private final RecordingLogger logger = new RecordingLogger();
  private final Tap tap = new Tap();
  private final Outage outage = new Outage(clock, logger, tap);

  @Test
  void saysOneLineAtTheStartOneEveryFiveSecondsAndOneAtTheEnd() {
    outage.unreachable("refused");
    outage.unreachable("refused");
    for (int i = 0; i < 48; i++) {
      clock.advance(Duration.ofMillis(250));
      outage.unreachable("timed out");
      outage.tick(COUNT);
    }
    outage.answered();
    outage.answered();

    assertThat(logger.lines())
        .containsExactly(
            "WARN Kafka takes no messages, keeping them and trying on error=refused",
            "WARN Kafka still takes no messages seconds=5 messages=4 bytes=350 error=timed out",
            "WARN Kafka still takes no messages seconds=10 messages=4 bytes=350 error=timed out",
            "INFO Kafka takes messages again seconds=12");
  }

  @Test
  void whereBrokersAnswerButTakeNothingOnlyAnAcknowledgementEndsIt() {
    outage.refused("not allowed");
    outage.answered();
    assertThat(outage.isDown()).isTrue();

    outage.acknowledged();

    assertThat(outage.isDown()).isFalse();
    outage.unreachable("refused");
    outage.answered();
    assertThat(outage.isDown()).isFalse();
  }

  @Test
  void tellsWhoListensOnceThatItBeganAndOnceThatItEnded() {
    List<Event> told = new ArrayList<>();
    var _ = tap.listen(told::add, () -> null);
    told.clear();

    outage.unreachable("refused");
    outage.unreachable("timed out");
    outage.answered();
    outage.answered();

    assertThat(told)
        .map(Event.KafkaChanged.class::cast)
        .extracting(Event.KafkaChanged::up, Event.KafkaChanged::error)
        .containsExactly(tuple(false, "refused"), tuple(true, ""));
  }

  @Test
  void knowsWhetherAnybodyHasAnsweredAndSinceWhen() {
    clock.advance(Duration.ofSeconds(7));
    outage.unreachable("refused");
    assertThat(outage.hasAnswered()).isFalse();
    clock.advance(Duration.ofSeconds(3));

    outage.answered();

    assertThat(outage.hasAnswered()).isTrue();
    assertThat(outage.lasted()).isZero();
    clock.advance(Duration.ofSeconds(2));
    outage.acknowledged();
    assertThat(outage.lasted()).isEqualTo(Duration.ofSeconds(2));
    outage.unreachable("refused");
    assertThat(outage.hasAnswered()).isTrue();
  }

  @Test
  void saysHowLongItLasts() {
    clock.advance(Duration.ofSeconds(7));
    assertThat(outage.lasted()).isEqualTo(Duration.ofSeconds(7));

    outage.unreachable("refused");
    clock.advance(Duration.ofSeconds(3));

    assertThat(outage.lasted()).isEqualTo(Duration.ofSeconds(3));
    assertThat(outage.lastError()).isEqualTo("refused");
  }
}
