// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.kafka.producer.KafkaState;
import dcos.metrics.collector.settings.TestSettings;
import dcos.metrics.testkit.Await;
import dcos.metrics.testkit.broker.LocalBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Real brokers that answer, and do not take messages. */
class KafkaOutageIT {
  private final Settled settled = new Settled();

  @Test
  void namesTheBrokerThatAdvertisesAClosedPort() throws Exception {
    int closed = closedPort();
    assertNamesTheBroker(
        "127.0.0.1:" + closed,
        "broker 1 at 127.0.0.1:%d cannot be reached: 127.0.0.1: Connection refused"
            .formatted(closed));
  }

  @Test
  void namesTheBrokerThatAdvertisesANameWhichDoesNotResolve() throws Exception {
    assertNamesTheBroker(
        "broker.invalid:9092",
        "broker 1 at broker.invalid:9092 cannot be reached: the host name does not resolve");
  }

  private void assertNamesTheBroker(String advertised, String error) throws Exception {
    var broker =
        LocalBroker.builder().property("advertised.listeners", "PLAINTEXT://" + advertised).start();
    try (broker;
        var delivery = delivery(KafkaSettings.of(broker.bootstrap()))) {
      delivery.start();
      delivery.submit(Messages.of("metrics-a", 100));

      Await.until(
          "the broker's name", () -> delivery.selfMetrics().lastError().orElse("").equals(error));

      assertThat(delivery.selfMetrics().state()).isEqualTo(KafkaState.NOT_DELIVERING);
      assertThat(delivery.waitingTopics())
          .extracting(WaitingTopic::topic)
          .containsExactly("metrics-a");
    }
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void isNotDeliveringWhereThePasswordIsWrong() throws Exception {
    var broker =
        LocalBroker.builder()
            .listener("SASL_PLAINTEXT")
            .property("sasl.enabled.mechanisms", "PLAIN")
            .property(
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                login("user_collector=\"right\""))
            .start();
    Map<String, String> properties =
        Map.of(
            "security.protocol", "SASL_PLAINTEXT",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", login("username=\"collector\" password=\"wrong\""));
    var settings =
        KafkaSettings.of(broker.bootstrap("SASL_PLAINTEXT")).withKafkaProperties(properties);
    try (broker;
        var delivery = delivery(settings)) {
      delivery.start();
      delivery.submit(Messages.of("metrics-a", 100));

      Await.until("the refusal", () -> delivery.selfMetrics().state() == KafkaState.NOT_DELIVERING);

      assertThat(delivery.selfMetrics().lastError())
          .contains(
              "SaslAuthenticationException: Authentication failed: Invalid username or password");
    }
  }

  private static String login(String options) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required " + options + ";";
  }

  private KafkaDelivery delivery(TestSettings settings) {
    return new KafkaDelivery(settings.build(), Messages::encode, settled, new EventTap());
  }
}
