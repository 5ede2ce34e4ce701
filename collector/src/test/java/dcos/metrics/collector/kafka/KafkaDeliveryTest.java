// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.kafka.Settled.Settlement;
import dcos.metrics.collector.kafka.producer.KafkaState;
import dcos.metrics.collector.kafka.producer.ProducerSession;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.outcome.Outcome.Delivered;
import dcos.metrics.collector.outcome.Outcome.Reason;
import dcos.metrics.collector.outcome.Outcome.Undeliverable;
import dcos.metrics.collector.outcome.Receipt;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class KafkaDeliveryTest extends DeliveryFixture {
  @Test
  void settlesAMessageWhenKafkaHasTakenIt() throws Exception {
    StandInProducer producer = start();
    Message message = Messages.of("a", 100);

    delivery.submit(message);
    until(producer::completeNext);

    assertThat(settled.await(1))
        .containsExactly(new Settlement(message, new Delivered(new Receipt(0, 0))));
    assertThat(producer.history())
        .singleElement()
        .satisfies(sent -> assertThat(sent.value()).isEqualTo(Messages.encode(message)))
        .satisfies(sent -> assertThat(sent.key()).isNull());
  }

  @Test
  void sendsAgainWhatExpiredUntilItIsTaken() throws Exception {
    StandInProducer producer = start();
    Message message = Messages.of("a", 100);
    delivery.submit(message);

    for (int i = 0; i < 3; i++) {
      until(() -> producer.errorNext(new TimeoutException("Expiring 1 record(s)")));
      clock.advance(Duration.ofSeconds(9));
      delivery.tick();
    }
    until(producer::completeNext);

    assertThat(settled.await(1)).extracting(Settlement::message).containsExactly(message);
    assertThat(delivery.selfMetrics().resent()).isEqualTo(3);
  }

  @Test
  void splitsWhatIsTooLargeUntilItFits() throws Exception {
    StandInProducer producer = start();
    delivery.submit(Messages.of("a", 4, 100));

    until(
        () -> {
          producer.errorNext(new RecordTooLargeException("big"));
          return settled.all().size() == 4;
        });

    assertThat(settled.await(4))
        .allMatch(one -> one.message().records() == 1)
        .extracting(Settlement::outcome)
        .containsOnly(new Undeliverable(Reason.TOO_LARGE, "RecordTooLargeException: big"));
    assertThat(delivery.selfMetrics().split()).isEqualTo(3);
  }

  @Test
  void rejectsWhatNoRetryMendsAndNothingElse() throws Exception {
    StandInProducer producer = start();
    producer.metadataFails("secret", new TopicAuthorizationException("Not authorized: [secret]"));
    producer.metadataFails("illegal", new InvalidTopicException("illegal"));
    delivery.submit(Messages.of("secret", 100));
    delivery.submit(Messages.of("illegal", 100));
    delivery.submit(Messages.of("a", 100));
    until(() -> producer.errorNext(new PolicyViolationException("no")));

    settled.await(3);
    assertThat(settled.outcomes("secret"))
        .containsExactly(
            new Undeliverable(
                Reason.NOT_AUTHORIZED, "TopicAuthorizationException: Not authorized: [secret]"));
    assertThat(settled.outcomes("illegal"))
        .containsExactly(new Undeliverable(Reason.ILLEGAL_TOPIC, "InvalidTopicException: illegal"));
    assertThat(settled.outcomes("a"))
        .containsExactly(new Undeliverable(Reason.REFUSED, "PolicyViolationException: no"));
    assertThat(delivery.selfMetrics().undeliverable()).isEqualTo(3);
  }

  @Test
  void aTopicWithoutALeaderWaitsWhileOthersAreDelivered() throws Exception {
    StandInProducer producer = start();
    producer.leaderless("stuck");
    delivery.submit(Messages.of("stuck", 100));
    for (int i = 0; i < 5; i++) {
      delivery.submit(Messages.of("a" + i, 100));
      until(producer::completeNext);
    }
    settled.await(5);
    assertThat(delivery.isBehind("stuck")).isTrue();

    producer.metadataIsFine("stuck");
    clock.advance(Duration.ofSeconds(1));
    delivery.tick();
    until(producer::completeNext);

    settled.await(6);
    assertThat(settled.outcomes("stuck")).hasSize(1);
  }

  @Test
  void replacesAClientThatCannotSendAnyMoreAndSendsAllAgain() throws Exception {
    StandInProducer first = start();
    for (int i = 0; i < 3; i++) {
      delivery.submit(Messages.of("a" + i, 100));
    }
    until(() -> first.history().size() == 3);
    first.errorNext(new OutOfOrderSequenceException("gap"));

    StandInProducer second = next();
    assertThat(first.closed()).isTrue();
    until(
        () -> {
          clock.advance(Duration.ofSeconds(1));
          delivery.tick();
          return second.history().size() == 3;
        });
    assertThat(delivery.selfMetrics().down()).isTrue();
    while (second.completeNext()) {
      // the next one
    }

    assertThat(settled.await(3)).allMatch(one -> one.outcome() instanceof Delivered);
    assertThat(delivery.selfMetrics().state()).isEqualTo(KafkaState.UP);
  }

  @Test
  void keepsWhatItGetsWhileTheLookupFails() throws Exception {
    lookupsThatFail = 2;
    delivery.start();
    delivery.submit(Messages.of("a", 100));
    until(() -> delivery.selfMetrics().down());
    assertThat(delivery.selfMetrics().lastError()).contains("nobody knows");
    until(
        () -> {
          clock.advance(Duration.ofSeconds(10));
          return lookups.get() == 3;
        });

    StandInProducer producer = next();
    until(
        () -> {
          clock.advance(Duration.ofSeconds(1));
          delivery.tick();
          return producer.completeNext();
        });

    settled.await(1);
    assertThat(settled.outcomes("a")).containsExactly(new Delivered(new Receipt(0, 0)));
  }

  @Test
  void theDrainWaitsForAnswers() throws Exception {
    StandInProducer producer = start();
    delivery.submit(Messages.of("a", 100));
    until(() -> producer.history().size() == 1);
    Thread answering = Thread.ofVirtual().start(producer::completeNext);

    delivery.drain(PATIENCE);

    assertThat(settled.outcomes("a")).containsExactly(new Delivered(new Receipt(0, 0)));
    answering.join();
  }

  @Test
  void whatIsNotAnsweredInTimeSettlesOnceAsShutdown() throws Exception {
    StandInProducer producer = start();
    for (int i = 0; i < 3; i++) {
      delivery.submit(Messages.of("a", 100));
    }
    until(() -> producer.history().size() == 1);

    delivery.drain(Duration.ofMillis(10));
    producer.completeNext();
    delivery.close();
    delivery.close();
    delivery.submit(Messages.of("b", 100));

    assertThat(settled.await(4))
        .extracting(Settlement::outcome)
        .containsExactly(
            new Undeliverable(Reason.SHUTDOWN, "no answer in time"),
            new Undeliverable(Reason.SHUTDOWN, "no answer in time"),
            new Undeliverable(Reason.SHUTDOWN, "no answer in time"),
            new Undeliverable(Reason.SHUTDOWN, "the collector has stopped"));
    assertThat(producer.closed()).isTrue();
  }

  @Test
  void replacesAClientThatHasSeenManyTopicsAndLosesNothing() throws Exception {
    StandInProducer first = start();
    int topics = ProducerSession.MAX_TOPICS + 10;
    for (int i = 0; i < topics; i++) {
      delivery.submit(Messages.of("a" + i, 100));
    }
    Thread answering =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!first.closed() || first.completeNext()) {
                    first.completeNext();
                    LockSupport.parkNanos(100_000);
                  }
                });
    until(
        () -> {
          delivery.tick();
          return !made.isEmpty();
        });
    StandInProducer second = next();
    assertThat(lookups.get()).isEqualTo(1);
    until(
        () -> {
          clock.advance(Duration.ofMillis(2)); // less than the outage that this must not become
          delivery.tick();
          second.completeNext();
          return settled.all().size() >= topics;
        });

    assertThat(settled.await(topics)).allMatch(one -> one.outcome() instanceof Delivered);
    answering.join();
    assertThat(first.closed()).isTrue();
  }
}
