// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.kafka.producer.ProducerSettings;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;

/** A delivery with stand-ins for brokers and clock. */
abstract class DeliveryFixture {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final FakeNanos clock = new FakeNanos();
  final Settled settled = new Settled();
  final BlockingQueue<StandInProducer> made = new LinkedBlockingQueue<>();
  final AtomicInteger lookups = new AtomicInteger();
  final KafkaDelivery delivery =
      new KafkaDelivery(
          ProducerSettings.of(KafkaSettings.of("host:9092").build()),
          this::find,
          this::make,
          Messages::encode,
          settled,
          new EventTap(),
          clock,
          _ -> Thread.ofPlatform().unstarted(() -> {})); // no check of brokers
  volatile int lookupsThatFail;

  @AfterEach
  void close() {
    delivery.close();
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

  StandInProducer start() throws InterruptedException {
    delivery.start();
    return next();
  }

  StandInProducer next() throws InterruptedException {
    StandInProducer producer = made.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(producer).as("another client").isNotNull();
    return Objects.requireNonNull(producer);
  }

  /** Tries until it is so; there is no event to wait for. */
  static void until(BooleanSupplier condition) {
    Await.until("the expected state", PATIENCE, condition);
  }
}
