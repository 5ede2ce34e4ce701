// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientConfigTest {
  @Test
  void anOptionOfOursBeatsAProperty() {
    ClientConfig config = of(Map.of("acks", "0", "linger.ms", "7", "client.rack", "r1"));

    assertThat(config.forBrokers("host:9092"))
        .containsEntry("bootstrap.servers", "host:9092")
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("compression.type", "snappy")
        .containsEntry("linger.ms", 0)
        .containsEntry("client.rack", "r1");
    assertThat(config.beaten()).containsExactlyInAnyOrder("acks", "linger.ms");
  }

  @Test
  void aPropertyBeatsWhatNoOptionSays() {
    ClientConfig config = of(Map.of("buffer.memory", "33554432", "client.id", "mine"));

    assertThat(config.forBrokers("host:9092"))
        .containsEntry("buffer.memory", "33554432")
        .containsEntry("client.id", "mine");
    assertThat(config.windowBytes()).isEqualTo(16 << 20);
  }

  @Test
  void oneReplicaIsEnoughWithoutIdempotence() {
    var settings =
        new Settings.Kafka(
            true,
            List.of(),
            "kafka",
            List.of(),
            Duration.ofSeconds(5),
            false,
            false,
            false,
            Map.of());

    assertThat(ClientConfig.of(KafkaSettings.of(settings)).forBrokers("host:9092"))
        .containsEntry("acks", "1")
        .containsEntry("enable.idempotence", false)
        .containsEntry("compression.type", "none")
        .containsEntry("linger.ms", 5000);
  }

  @Test
  void theBufferHasRoomForTheLargestRecordAndAWindowBesideIt() {
    ClientConfig config = of(Map.of());

    assertThat(config.forBrokers("host:9092"))
        .containsEntry("buffer.memory", (4L << 20) + (256L << 10) + (3L << 19))
        .containsEntry("max.request.size", (4 << 20) + (256 << 10));
    assertThat(config.windowBytes()).isEqualTo(3L << 19);
  }

  @Test
  void aLargerBlockLimitMakesTheBufferGrow() {
    ClientConfig config =
        ClientConfig.of(KafkaSettings.of(KafkaSettings.kafka("host:9092", Map.of()), 16 << 20));

    assertThat(config.forBrokers("host:9092"))
        .containsEntry("buffer.memory", (16L << 20) + (256L << 10) + (3L << 19));
  }

  @Test
  void leavesTheClientTimeToDeliverWhateverTheLinger() {
    var kafka =
        KafkaSettings.linger(
            KafkaSettings.kafka("host:9092", Map.of("request.timeout.ms", "40000")),
            Duration.ofSeconds(60));
    ClientConfig config = ClientConfig.of(KafkaSettings.of(kafka));

    assertThat(config.forBrokers("host:9092")).containsEntry("delivery.timeout.ms", 100_000);
    assertThatCode(config::check).doesNotThrowAnyException();
  }

  @Test
  void refusesAPropertyThatCanNeverWork() {
    assertThatThrownBy(of(Map.of("buffer.memory", "lots"))::check)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "KAFKA_OVERRIDE_BUFFER_MEMORY=lots (kafka-property buffer.memory): must be a whole"
                + " number from 0");
  }

  @Test
  void refusesADeliveryTimeoutBelowTheLingerOfItsOption() {
    var kafka =
        KafkaSettings.linger(
            KafkaSettings.kafka("host:9092", Map.of("delivery.timeout.ms", "60000")),
            Duration.ofSeconds(60));

    assertThatThrownBy(ClientConfig.of(KafkaSettings.of(kafka))::check)
        .hasMessage(
            "KAFKA_OVERRIDE_DELIVERY_TIMEOUT_MS=60000 (kafka-property delivery.timeout.ms): must be"
                + " at least kafka-flush-ms plus request.timeout.ms, which are 60000 and 15000");
  }

  @Test
  void namesThePropertiesThatTheClientDoesNotKnow() {
    assertThat(of(Map.of("security.protocl", "SSL", "security.protocol", "SSL", "a", "")).unknown())
        .containsExactly("a", "security.protocl");
    assertThat(of(Map.of()).unknown()).isEmpty();
  }

  @Test
  void handsOnWhatTlsAndSaslWant() {
    Map<String, String> secure =
        Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config", "some.Module required password=\"x\";",
            "ssl.truststore.location", "/etc/trust.p12",
            "ssl.truststore.password", "y");
    ClientConfig config = of(secure);

    assertThat(config.forBrokers("host:9092")).containsAllEntriesOf(secure);
    assertThat(config.unknown()).isEmpty();
  }

  private static ClientConfig of(Map<String, String> properties) {
    return ClientConfig.of(KafkaSettings.of(KafkaSettings.kafka("host:9092", properties)));
  }
}
