// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.kafka.producer.KafkaState;
import dcos.metrics.collector.outcome.Outcome.Delivered;
import dcos.metrics.collector.outcome.Outcome.Reason;
import dcos.metrics.collector.outcome.Outcome.Undeliverable;
import dcos.metrics.collector.outcome.Receipt;
import java.time.Duration;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** What is reported of Kafka while messages are, or are not, acknowledged. */
class KafkaStateTest extends DeliveryFixture {
  @Test
  void isNotDeliveringWhileBrokersAnswerAndAcknowledgeNothing() throws Exception {
    StandInProducer producer = start();
    delivery.submit(Messages.of("a", 100));
    until(() -> producer.history().size() == 1);

    passAnswering(producer, Duration.ofSeconds(10));
    assertThat(delivery.selfMetrics().state()).isEqualTo(KafkaState.CONNECTING);
    passAnswering(producer, Duration.ofSeconds(1));
    assertThat(delivery.selfMetrics().state()).isEqualTo(KafkaState.NOT_DELIVERING);
    assertThat(delivery.selfMetrics().lastError()).contains("no acknowledgement from host:9092");
    passAnswering(producer, Duration.ofMinutes(5));
    assertThat(delivery.selfMetrics().state()).isEqualTo(KafkaState.NOT_DELIVERING);

    until(producer::completeNext);
    assertThat(delivery.selfMetrics().state()).isEqualTo(KafkaState.UP);
  }

  @Test
  void theStateStaysWithoutMessages() throws Exception {
    StandInProducer producer = start();
    passAnswering(producer, Duration.ofMinutes(5));
    assertThat(delivery.selfMetrics().state()).isEqualTo(KafkaState.CONNECTING);

    delivery.submit(Messages.of("a", 100));
    until(producer::completeNext);
    settled.await(1);
    passAnswering(producer, Duration.ofMinutes(5));

    assertThat(delivery.selfMetrics().state()).isEqualTo(KafkaState.UP);
  }

  /** Time passes, in which brokers answer the client's other requests. */
  private void passAnswering(StandInProducer producer, Duration duration) {
    for (long i = 0; i < duration.toSeconds(); i++) {
      clock.advance(Duration.ofSeconds(1));
      producer.answer();
      delivery.tick();
    }
  }

  @Test
  void listsTheTopicsThatWaitAndGivesTheirErrorsAtTheStop() throws Exception {
    StandInProducer producer = start();
    producer.leaderless("stuck");
    delivery.submit(Messages.of("stuck", 2, 100));
    delivery.submit(Messages.of("stuck", 1, 100));
    delivery.submit(Messages.of("fine", 100));
    until(producer::completeNext);
    until(() -> !delivery.waitingTopics().isEmpty());

    assertThat(delivery.waitingTopics())
        .containsExactly(new WaitingTopic("stuck", 2, 3, 300, "no partition has a leader"));
    delivery.drain(Duration.ofMillis(10));

    assertThat(settled.outcomes("stuck"))
        .containsOnly(new Undeliverable(Reason.SHUTDOWN, "no partition has a leader"));
    assertThat(delivery.waitingTopics()).isEmpty();
  }

  @Test
  void namesTheTopicWhoseNameCollides() throws Exception {
    StandInProducer producer = start();
    delivery.submit(Messages.of("col.a", 100));
    until(producer::completeNext);
    producer.metadataFails(
        "col_a", new TimeoutException("not present in metadata"), producer::answer);
    delivery.submit(Messages.of("col_a", 100));

    until(() -> !delivery.waitingTopics().isEmpty());

    assertThat(delivery.waitingTopics())
        .extracting(WaitingTopic::error)
        .containsExactly("TimeoutException: not present in metadata; its name collides with col.a");
  }

  @Test
  void looksBrokersUpAgainWhenNoneAnswersForAMinute() throws Exception {
    StandInProducer first = start();
    delivery.submit(Messages.of("a", 100));
    until(() -> first.history().size() == 1);

    clock.advance(Duration.ofSeconds(8));
    delivery.tick();
    assertThat(delivery.selfMetrics().down()).isFalse();
    assertThat(delivery.selfMetrics().state())
        .isNotEqualTo(KafkaState.UP); // Nor was anything acknowledged.
    clock.advance(Duration.ofSeconds(1));
    delivery.tick();
    assertThat(delivery.selfMetrics().down()).isTrue();
    assertThat(delivery.selfMetrics().lastError()).contains("no answer from host:9092");
    assertThat(lookups.get()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(52));
    delivery.tick();

    StandInProducer second = next();
    assertThat(lookups.get()).isEqualTo(2);
    clock.advance(Duration.ofSeconds(2));
    delivery.tick();
    until(second::completeNext);
    settled.await(1);
    assertThat(delivery.selfMetrics().state()).isEqualTo(KafkaState.UP);
  }

  @Test
  void losesNothingWhereTheClusterLetsNobodyIn() throws Exception {
    StandInProducer first = start();
    first.metadataFails("a", new SaslAuthenticationException("who"));
    delivery.submit(Messages.of("a", 100));

    StandInProducer second = next();
    assertThat(delivery.selfMetrics().lastError()).contains("SaslAuthenticationException: who");
    assertThat(delivery.selfMetrics().state()).isEqualTo(KafkaState.NOT_DELIVERING);
    clock.advance(Duration.ofSeconds(2));
    delivery.tick();
    until(second::completeNext);

    settled.await(1);
    assertThat(settled.outcomes("a")).containsExactly(new Delivered(new Receipt(0, 0)));
  }
}
