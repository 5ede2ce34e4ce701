// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.kafka.FakeNanos;
import dcos.metrics.collector.testing.RecordingLogger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageMonitorTest {
  private final FakeNanos clock = new FakeNanos();
  private final RecordingLogger logger = new RecordingLogger();
  private final EventTap tap = new EventTap();
  private final OutageMonitor outage = new OutageMonitor(clock, logger, tap);

  @Test
  void logsOneLineAtTheStartOneEveryFiveSecondsAndOneAtTheEnd() {
    outage.unreachable("refused");
    outage.unreachable("refused");
    for (int i = 0; i < 48; i++) {
      clock.advance(Duration.ofMillis(250));
      outage.silent("timed out");
      outage.tick(4, 350);
    }
    outage.acknowledged();
    outage.acknowledged();

    assertThat(logger.lines())
        .containsExactly(
            "WARN Kafka takes no messages, keeping them and trying on error=refused",
            "WARN Kafka still takes no messages seconds=5 messages=4 bytes=350 error=timed out",
            "WARN Kafka still takes no messages seconds=10 messages=4 bytes=350 error=timed out",
            "INFO Kafka takes messages again seconds=12");
  }

  @Test
  void answersDoNotEndAnOutageWhileThereAreMessages() {
    outage.unreachable("refused");
    outage.answered();
    outage.tick(4, 350);
    assertThat(outage.state()).isEqualTo(KafkaState.DOWN);

    outage.acknowledged();

    assertThat(outage.state()).isEqualTo(KafkaState.UP);
  }

  @Test
  void anAnswerEndsAnOutageInWhichNothingIsToBeSent() {
    outage.unreachable("no such host");
    outage.tick(0, 0);
    assertThat(outage.state()).isEqualTo(KafkaState.DOWN);

    outage.answered();
    outage.tick(0, 0);

    assertThat(outage.state()).isEqualTo(KafkaState.CONNECTING); // as before the outage
    assertThat(logger.lines())
        .last()
        .isEqualTo("INFO Kafka answers again, there are no messages to send seconds=0");
    clock.advance(Duration.ofSeconds(7));
    outage.acknowledged();
    outage.acknowledged();

    assertThat(logger.lines())
        .hasSize(3)
        .last()
        .isEqualTo("INFO Kafka takes messages again seconds=7");
  }

  @Test
  void staysNotDeliveringUntilAnAcknowledgementWhateverElseHappens() {
    outage.notDelivering(clock.getAsLong(), "no acknowledgement from host:9092");
    assertThat(outage.state()).isEqualTo(KafkaState.NOT_DELIVERING);

    outage.answered();
    outage.silent("no answer from host:9092");
    outage.unreachable("no such host");
    outage.tick(0, 0);
    assertThat(outage.state()).isEqualTo(KafkaState.NOT_DELIVERING);

    outage.acknowledged();
    assertThat(outage.state()).isEqualTo(KafkaState.UP);
  }

  @Test
  void anOutageOfUnknownKindBecomesNotDeliveringAndStaysTheSameOutage() {
    outage.silent("no answer from host:9092");
    clock.advance(Duration.ofSeconds(7));

    outage.notDelivering(clock.getAsLong(), "no acknowledgement from host:9092");

    assertThat(outage.state()).isEqualTo(KafkaState.NOT_DELIVERING);
    assertThat(outage.lastError()).isEqualTo("no answer from host:9092");
    assertThat(outage.lasted()).isEqualTo(Duration.ofSeconds(7));
    assertThat(logger.lines()).hasSize(1);
  }

  @Test
  void theRefusalOfTheClientIsTheErrorUntilMessagesAreAcknowledged() {
    outage.refused("SaslAuthenticationException: wrong password");

    outage.silent("no answer from host:9092");
    outage.failed("TimeoutException: Expiring 1 record(s)");

    assertThat(outage.state()).isEqualTo(KafkaState.NOT_DELIVERING);
    assertThat(outage.lastError()).isEqualTo("SaslAuthenticationException: wrong password");
  }

  @Test
  void theBrokerThatCannotBeReachedIsTheErrorOnceItIsKnown() {
    outage.notDelivering(clock.getAsLong(), "no acknowledgement from host:9092");

    outage.found("broker 1 at 10.0.0.1:9092 cannot be reached: refused");
    outage.failed("TimeoutException: Expiring 1 record(s)");
    assertThat(outage.lastError())
        .isEqualTo("broker 1 at 10.0.0.1:9092 cannot be reached: refused");

    outage.found(null);
    assertThat(outage.lastError()).isEqualTo("TimeoutException: Expiring 1 record(s)");
  }

  @Test
  void anAcknowledgementMeanwhileLeavesItUp() {
    long handed = clock.getAsLong();
    clock.advance(Duration.ofSeconds(16));
    outage.acknowledged(); // between the look at what is unacknowledged and the next line

    outage.notDelivering(handed, "no acknowledgement from host:9092");

    assertThat(outage.state()).isEqualTo(KafkaState.UP);
  }

  @Test
  void boundsTheTextsOfBrokers() {
    outage.refused("x".repeat(10_000));

    assertThat(outage.lastError()).hasSizeLessThan(600);
  }

  @Test
  void publishesThatAnOutageBeginsWhichBrokerItIsAndThatItEnds() {
    List<Event> published = new ArrayList<>();
    var _ = tap.listen(published::add, () -> null);
    published.clear();

    outage.unreachable("refused");
    outage.silent("timed out");
    outage.notDelivering(clock.getAsLong(), "no acknowledgement");
    outage.found("broker 1");
    outage.found("broker 1");
    outage.answered();
    outage.acknowledged();
    outage.acknowledged();

    assertThat(published)
        .map(Event.KafkaChanged.class::cast)
        .extracting(Event.KafkaChanged::up, Event.KafkaChanged::error)
        .containsExactly(tuple(false, "refused"), tuple(false, "broker 1"), tuple(true, ""));
  }

  @Test
  void isConnectingUntilTheFirstAcknowledgement() {
    clock.advance(Duration.ofSeconds(7));
    outage.answered();
    outage.tick(0, 0);
    assertThat(outage.state()).isEqualTo(KafkaState.CONNECTING);
    assertThat(outage.lasted()).isEqualTo(Duration.ofSeconds(7));

    outage.acknowledged();

    assertThat(outage.state()).isEqualTo(KafkaState.UP);
    assertThat(outage.lasted()).isZero();
    assertThat(logger.lines()).isEmpty();
  }

  @Test
  void logsNoSummaryWhereEverythingWasRefusedAndNothingWaits() {
    outage.notDelivering(clock.getAsLong(), "TopicAuthorizationException: Not authorized");

    clock.advance(Duration.ofMinutes(1));
    outage.tick(0, 0);

    assertThat(logger.lines()).hasSize(1);
    assertThat(outage.state()).isEqualTo(KafkaState.NOT_DELIVERING);
  }
}
