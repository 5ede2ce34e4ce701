// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.Outcome;
import dcos.metrics.collector.message.Outcome.Delivered;
import dcos.metrics.collector.message.Outcome.Reason;
import dcos.metrics.collector.message.Outcome.Undeliverable;
import dcos.metrics.localstack.LocalBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On a real broker. */
class KafkaDeliveryIT {
  private final Settled settled = new Settled();

  @Test
  void deliversAMessageAndSaysWhereItIs() throws Exception {
    try (var broker = LocalBroker.started();
        var delivery = delivery(broker, Map.of())) {
      delivery.start();
      Message message = Messages.of("metrics-a", 3, 100);

      delivery.submit(message);

      assertThat(settled.await(1))
          .containsExactly(new Settled.Settlement(message, new Delivered(0, 0)));
    }
  }

  @Test
  void deliversAllAfterTheBrokerWasStoppedUnderLoad() throws Exception {
    try (var broker = LocalBroker.started();
        var delivery = delivery(broker, Map.of())) {
      delivery.start();
      for (int i = 0; i < 200; i++) {
        delivery.submit(Messages.of("metrics-" + i % 10, 50_000));
      }
      settled.await(list -> list.size() >= 20);
      broker.stop();
      for (int i = 0; i < 200; i++) {
        delivery.submit(Messages.of("metrics-" + i % 20, 50_000));
      }
      broker.start();

      assertThat(settled.await(400)).allMatch(one -> one.outcome() instanceof Delivered);
    }
  }

  @Test
  void splitsWhatIsTooLargeAndRejectsASingleRecord() throws Exception {
    try (var broker = LocalBroker.started(Map.of("message.max.bytes", "20000"));
        var delivery =
            new KafkaDelivery(KafkaSettings.of(uncompressed(broker)), Messages::encode, settled)) {
      delivery.start();

      delivery.submit(Messages.of("metrics-many", 4, 8_000));
      delivery.submit(Messages.of("metrics-one", 30_000));

      settled.await(3);
      assertThat(settled.outcomes("metrics-many"))
          .containsExactlyInAnyOrder(new Delivered(0, 0), new Delivered(0, 1));
      assertThat(settled.outcomes("metrics-one"))
          .singleElement()
          .isInstanceOfSatisfying(
              Undeliverable.class, why -> assertThat(why.reason()).isEqualTo(Reason.TOO_LARGE));
    }
  }

  private static dcos.metrics.collector.settings.Settings.Kafka uncompressed(LocalBroker broker) {
    var kafka = KafkaSettings.kafka(broker.bootstrap(), Map.of());
    return new dcos.metrics.collector.settings.Settings.Kafka(
        true, kafka.brokers(), "", List.of(), Duration.ZERO, false, true, false, Map.of());
  }

  @Test
  void aTopicThatMayNotBeCreatedHoldsNobodyBack() throws Exception {
    try (var broker = LocalBroker.started(Map.of("auto.create.topics.enable", "false"));
        var delivery = delivery(broker, Map.of())) {
      broker.createTopic(
          new org.apache.kafka.clients.admin.NewTopic("metrics-there", 1, (short) 1));
      delivery.start();
      for (int i = 0; i < 600; i++) {
        delivery.submit(Messages.of("metrics-missing-" + i, 1_000));
      }
      delivery.submit(Messages.of("metrics-there", 1_000));

      settled.await(1);
      assertThat(settled.outcomes("metrics-there")).containsExactly(new Delivered(0, 0));
      assertThat(delivery.isBehind("metrics-missing-1")).isTrue();

      delivery.drain(Duration.ZERO);
      List<Outcome> rest =
          settled.await(601).subList(1, 601).stream().map(Settled.Settlement::outcome).toList();
      assertThat(rest).containsOnly(new Undeliverable(Reason.SHUTDOWN, "no answer in time"));
    }
  }

  private KafkaDelivery delivery(LocalBroker broker, Map<String, String> properties) {
    return new KafkaDelivery(
        KafkaSettings.of(KafkaSettings.kafka(broker.bootstrap(), properties)),
        Messages::encode,
        settled);
  }
}
