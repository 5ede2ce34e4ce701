// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.system;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.Await;
import dcos.metrics.testkit.broker.LocalBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.file.CodecFactory;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeliveryIT {
  private static final LocalBroker broker =
      LocalBroker.builder().property("auto.create.topics.enable", "true").build();

  @BeforeAll
  static void startBroker() {
    broker.start();
  }

  @AfterAll
  static void closeBroker() {
    broker.close();
  }

  @Test
  void deliversEveryRecordOfOneFastConnection() throws Exception {
    int records = 200_000;
    try (var collector = collector().start()) {
      Load.send(collector.port(), "fast", 0, records);

      assertThat(collector.terminate()).isZero();

      assertThat(RunMeasurements.ledger(collector, "received")).isEqualTo(records);
      assertThat(RunMeasurements.ledger(collector, "delivered")).isEqualTo(records);
    }
    Consumed consumed = Consumed.all(broker.bootstrap(), "metrics-fast", "fast");
    consumed.assertHasAll(0, records);
    assertThat(consumed.records()).isEqualTo(records);
  }

  @Test
  void deliversEveryContainerOfOneConnectionInAnyCodec() throws Exception {
    List<CodecFactory> codecs = new ArrayList<>(Streams.CODECS);
    codecs.addAll(Streams.CODECS.reversed()); // so that one comes twice in a row
    int records = 250 * codecs.size();
    try (var collector = collector().start()) {
      Load.sendContainers(collector.port(), "consecutive", 250, codecs);

      assertThat(collector.terminate()).isZero();

      assertThat(RunMeasurements.ledger(collector, "received")).isEqualTo(records);
      assertThat(RunMeasurements.ledger(collector, "delivered")).isEqualTo(records);
      assertThat(collector.lines()).noneMatch(line -> line.contains("WARN "));
    }
    Consumed consumed = Consumed.all(broker.bootstrap(), "metrics-consecutive", "consecutive");
    consumed.assertHasAll(0, records);
    assertThat(consumed.records()).isEqualTo(records);
  }

  @Test
  void deliversHalfFilledBatchesWhenItIsToldToStop() throws Exception {
    try (var collector = collector().start()) {
      Load.send(collector.port(), "half", 0, 1500);
      collector.awaitLine("listening");

      assertThat(collector.terminate()).isZero();

      assertThat(collector.lines().getLast()).contains("ledger balances=true").contains(" held=0 ");
      assertThat(RunMeasurements.ledger(collector, "delivered")).isEqualTo(1500);
    }
    Consumed consumed = Consumed.all(broker.bootstrap(), "metrics-half", "half");
    consumed.assertHasAll(0, 1500);
    assertThat(consumed.messages()).isEqualTo(2);
  }

  @Test
  void countsWhatItThrottlesTheSameEverywhere() throws Exception {
    int records = 3000;
    try (var collector =
        collector()
            .arguments("-input-limit-amount-kbytes=300", "-input-limit-period=3600")
            .start()) {
      Load.send(collector.port(), "limited", 0, records);

      assertThat(collector.terminate()).isZero();

      String line = collector.awaitLine("records throttled, over the connection's input limit");
      long throttled = RunMeasurements.ledger(collector, "throttled");
      assertThat(throttled).isPositive().isEqualTo(RunMeasurements.value(line, "records"));
      assertThat(RunMeasurements.ledger(collector, "throttled_bytes"))
          .isEqualTo(RunMeasurements.value(line, "bytes"));
      Consumed consumed = Consumed.all(broker.bootstrap(), "metrics-limited", "limited");
      assertThat(consumed.records() + throttled).isEqualTo(records);
      consumed.assertHasAll(0, consumed.records());
      // The record that crosses the limit still passes.
      assertThat(RunMeasurements.ledger(collector, "delivered_bytes"))
          .isBetween(300L << 10, 302L << 10);
    }
  }

  @Test
  void deliversAllOtherTopicsWhileOneHasNoLeader() throws Exception {
    try (LocalBroker holder = broker.createTopicWithoutLeader("metrics-headless");
        var collector =
            collector().arguments("-kafka-produce-count=10", "-shutdown-timeout=2").start()) {
      assertThat(holder.bootstrap()).isNotEmpty();
      broker.createTopic(new NewTopic("metrics-alive-1", 1, (short) 1));
      broker.createTopic(new NewTopic("metrics-alive-2", 1, (short) 1));
      Load.send(collector.port(), "headless", 0, 3000);
      Load.send(collector.port(), "alive-1", 0, 1000);
      Load.send(collector.port(), "alive-2", 0, 1000);
      Await.until(
          "the other topics have all messages",
          () -> end(broker, "metrics-alive-1") == 100 && end(broker, "metrics-alive-2") == 100);

      assertThat(collector.terminate()).isEqualTo(1);

      assertThat(RunMeasurements.ledger(collector, "delivered")).isEqualTo(2000);
      assertThat(RunMeasurements.ledger(collector, "undeliverable")).isEqualTo(3000);
      assertThat(RunMeasurements.ledger(collector, "undeliverable(shutdown)")).isEqualTo(3000);
    }
    Consumed.all(broker.bootstrap(), "metrics-alive-1", "alive-1").assertHasAll(0, 1000);
    Consumed.all(broker.bootstrap(), "metrics-alive-2", "alive-2").assertHasAll(0, 1000);
  }

  @Test
  void keepsEverythingWhileTheBrokerIsAwayUnderLoad() throws Exception {
    int records = 60_000;
    try (LocalBroker fragile = LocalBroker.started();
        var collector = collector(fragile).start()) {
      fragile.createTopic(new NewTopic("metrics-load", 1, (short) 1));
      int port = collector.port();
      Thread sender = new Thread(() -> sendUnchecked(port, records), "sender");
      sender.start();
      Await.until("something was delivered", () -> end(fragile, "metrics-load") > 0);

      fragile.stop();
      collector.awaitLine("WARN .*Kafka takes no messages");
      fragile.start();
      sender.join();

      assertThat(collector.terminate()).isZero();
      assertThat(RunMeasurements.ledger(collector, "delivered")).isEqualTo(records);
      Consumed.all(fragile.bootstrap(), "metrics-load", "load").assertHasAll(0, records);
    }
  }

  private static long end(LocalBroker broker, String topic) {
    try (var admin = broker.admin()) {
      var end = Map.of(new TopicPartition(topic, 0), OffsetSpec.latest());
      return admin.listOffsets(end).all().get().values().iterator().next().offset();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sendUnchecked(int port, int records) {
    try {
      Load.send(port, "load", 0, records);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CollectorProcess.Builder collector() {
    return collector(broker);
  }

  private static CollectorProcess.Builder collector(LocalBroker broker) {
    return CollectorProcess.packaged()
        .environment(
            Map.of(
                "AGENT_POLLING", "false",
                "KAFKA_BROKERS", broker.bootstrap(),
                "INPUT_LIMIT_AMOUNT_KBYTES", "0",
                "GLOBAL_LIMIT_AMOUNT_KBYTES", "0",
                "KAFKA_FLUSH_MS", "50",
                "SHUTDOWN_TIMEOUT", "60"));
  }
}
