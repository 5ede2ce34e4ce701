// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Tap;
import dcos.metrics.collector.kafka.Settled.Settlement;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.Outcome.Delivered;
import dcos.metrics.collector.message.Outcome.Reason;
import dcos.metrics.collector.message.Outcome.Undeliverable;
import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaDeliveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FakeNanos clock = new FakeNanos();
  private final Settled settled = new Settled();
  private final BlockingQueue<StandInProducer> made = new LinkedBlockingQueue<>();
  private final AtomicInteger lookups = new AtomicInteger();
  private final KafkaDelivery delivery =
      new KafkaDelivery(
          ClientConfig.of(KafkaSettings.of(KafkaSettings.kafka("host:9092", Map.of()))),
          this::find,
          this::make,
          Messages::encode,
          settled,
          new Tap(),
          clock,
          _ -> Thread.ofPlatform().unstarted(() -> {})); // no check of brokers
  private volatile int lookupsThatFail;

  @AfterEach
  void close() {
    delivery.close();
  }

  @Test
  void settlesAMessageWhenKafkaHasTakenIt() throws Exception {
    StandInProducer producer = start();
    Message message = Messages.of("a", 100);

    delivery.submit(message);
    until(producer::completeNext);

    assertThat(settled.await(1)).containsExactly(new Settlement(message, new Delivered(0, 0)));
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
    assertThat(delivery.figures().resent()).isEqualTo(3);
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
    assertThat(delivery.figures().split()).isEqualTo(3);
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
    assertThat(delivery.figures().undeliverable()).isEqualTo(3);
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
  void listsTheTopicsThatWaitAndGivesTheirErrorsAtTheStop() throws Exception {
    StandInProducer producer = start();
    producer.leaderless("stuck");
    delivery.submit(Messages.of("stuck", 2, 100));
    delivery.submit(Messages.of("stuck", 1, 100));
    delivery.submit(Messages.of("fine", 100));
    until(producer::completeNext);
    until(() -> !delivery.waiting().isEmpty());

    assertThat(delivery.waiting())
        .containsExactly(new WaitingTopic("stuck", 2, 3, 300, "no partition has a leader"));
    delivery.drain(Duration.ofMillis(10));

    assertThat(settled.outcomes("stuck"))
        .containsOnly(new Undeliverable(Reason.SHUTDOWN, "no partition has a leader"));
    assertThat(delivery.waiting()).isEmpty();
  }

  @Test
  void namesTheTopicWhoseNameCollides() throws Exception {
    StandInProducer producer = start();
    delivery.submit(Messages.of("col.a", 100));
    until(producer::completeNext);
    producer.metadataFails(
        "col_a", new TimeoutException("not present in metadata"), producer::answer);
    delivery.submit(Messages.of("col_a", 100));

    until(() -> !delivery.waiting().isEmpty());

    assertThat(delivery.waiting())
        .extracting(WaitingTopic::error)
        .containsExactly("TimeoutException: not present in metadata; its name collides with col.a");
  }

  @Test
  void replacesAClientThatCanNotSendAnyMoreAndSendsAllAgain() throws Exception {
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
    assertThat(delivery.figures().down()).isTrue();
    while (second.completeNext()) {
      // the next one
    }

    assertThat(settled.await(3)).allMatch(one -> one.outcome() instanceof Delivered);
    assertThat(delivery.figures().up()).isTrue();
  }

  @Test
  void losesNothingWhereTheClusterLetsNobodyIn() throws Exception {
    StandInProducer first = start();
    first.metadataFails("a", new SaslAuthenticationException("who"));
    delivery.submit(Messages.of("a", 100));

    StandInProducer second = next();
    assertThat(delivery.figures().lastError()).contains("SaslAuthenticationException: who");
    assertThat(delivery.figures().state()).isEqualTo(KafkaState.NOT_DELIVERING);
    clock.advance(Duration.ofSeconds(2));
    delivery.tick();
    until(second::completeNext);

    settled.await(1);
    assertThat(settled.outcomes("a")).containsExactly(new Delivered(0, 0));
  }

  @Test
  void looksBrokersUpAgainWhenNoneAnswersForAMinute() throws Exception {
    StandInProducer first = start();
    delivery.submit(Messages.of("a", 100));
    until(() -> first.history().size() == 1);

    clock.advance(Duration.ofSeconds(8));
    delivery.tick();
    assertThat(delivery.figures().down()).isFalse();
    assertThat(delivery.figures().up()).isFalse(); // Nor was anything acknowledged.
    clock.advance(Duration.ofSeconds(1));
    delivery.tick();
    assertThat(delivery.figures().down()).isTrue();
    assertThat(delivery.figures().lastError()).contains("no answer from host:9092");
    assertThat(lookups.get()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(52));
    delivery.tick();

    StandInProducer second = next();
    assertThat(lookups.get()).isEqualTo(2);
    clock.advance(Duration.ofSeconds(2));
    delivery.tick();
    until(second::completeNext);
    settled.await(1);
    assertThat(delivery.figures().up()).isTrue();
  }

  @Test
  void isNotDeliveringWhileBrokersAnswerAndAcknowledgeNothing() throws Exception {
    StandInProducer producer = start();
    delivery.submit(Messages.of("a", 100));
    until(() -> producer.history().size() == 1);

    passAnswering(producer, Duration.ofSeconds(10));
    assertThat(delivery.figures().state()).isEqualTo(KafkaState.CONNECTING);
    passAnswering(producer, Duration.ofSeconds(1));
    assertThat(delivery.figures().state()).isEqualTo(KafkaState.NOT_DELIVERING);
    assertThat(delivery.figures().lastError()).contains("no acknowledgement from host:9092");
    passAnswering(producer, Duration.ofMinutes(5));
    assertThat(delivery.figures().state()).isEqualTo(KafkaState.NOT_DELIVERING);

    until(producer::completeNext);
    assertThat(delivery.figures().state()).isEqualTo(KafkaState.UP);
  }

  @Test
  void theStateStaysWithoutMessages() throws Exception {
    StandInProducer producer = start();
    passAnswering(producer, Duration.ofMinutes(5));
    assertThat(delivery.figures().state()).isEqualTo(KafkaState.CONNECTING);

    delivery.submit(Messages.of("a", 100));
    until(producer::completeNext);
    settled.await(1);
    passAnswering(producer, Duration.ofMinutes(5));

    assertThat(delivery.figures().state()).isEqualTo(KafkaState.UP);
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
  void keepsWhatItGetsWhileTheLookupFails() throws Exception {
    lookupsThatFail = 2;
    delivery.start();
    delivery.submit(Messages.of("a", 100));
    until(() -> delivery.figures().down());
    assertThat(delivery.figures().lastError()).contains("nobody knows");
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
    assertThat(settled.outcomes("a")).containsExactly(new Delivered(0, 0));
  }

  @Test
  void theDrainWaitsForAnswers() throws Exception {
    StandInProducer producer = start();
    delivery.submit(Messages.of("a", 100));
    until(() -> producer.history().size() == 1);
    Thread answering = Thread.ofVirtual().start(producer::completeNext);

    delivery.drain(PATIENCE);

    assertThat(settled.outcomes("a")).containsExactly(new Delivered(0, 0));
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
    int topics = Client.MOST_TOPICS + 10;
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

  private List<Endpoint> find() throws IOException {
    if (lookups.incrementAndGet() <= lookupsThatFail) {
      throw new IOException("nobody knows");
    }
    return List.of(new Endpoint("host", 9092));
  }

  private Producer<byte[], byte[]> make(Map<String, Object> config) {
    if (!"host:9092".equals(config.get("bootstrap.servers"))) {
      throw new KafkaException("not these brokers");
    }
    var producer = new StandInProducer(false);
    made.add(producer);
    return producer;
  }

  private StandInProducer start() throws InterruptedException {
    delivery.start();
    return next();
  }

  private StandInProducer next() throws InterruptedException {
    StandInProducer producer = made.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(producer).as("another client").isNotNull();
    return Objects.requireNonNull(producer);
  }

  /** Tries until it is so; there is no event to wait for. */
  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
