// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

import static dcos.metrics.collector.settings.Options.KAFKA_COMPRESS_SNAPPY;
import static dcos.metrics.collector.settings.Options.KAFKA_FLUSH_MS;
import static dcos.metrics.collector.settings.Options.KAFKA_REQUIRE_ALL_ACKS;
import static dcos.metrics.collector.settings.Options.MAX_BLOCK_KBYTES;
import static dcos.metrics.collector.settings.Options.MEMORY_LIMIT_KBYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.kafka.KafkaSettings;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.settings.TestSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProducerSettingsTest {
  @Test
  void anOptionOfOursBeatsAProperty() {
    ProducerSettings config = of(Map.of("acks", "0", "linger.ms", "7", "client.rack", "r1"));

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
    ProducerSettings config = of(Map.of("buffer.memory", "33554432", "client.id", "mine"));

    assertThat(config.forBrokers("host:9092"))
        .containsEntry("buffer.memory", "33554432")
        .containsEntry("client.id", "mine");
    assertThat(config.windowBytes()).isEqualTo(16 << 20);
  }

  @Test
  void oneReplicaIsEnoughWithoutIdempotence() {
    Settings settings =
        TestSettings.defaults()
            .with(KAFKA_COMPRESS_SNAPPY, "false")
            .with(KAFKA_REQUIRE_ALL_ACKS, "false")
            .build();

    assertThat(ProducerSettings.of(settings).forBrokers("host:9092"))
        .containsEntry("acks", "1")
        .containsEntry("enable.idempotence", false)
        .containsEntry("compression.type", "none")
        .containsEntry("linger.ms", 5000);
  }

  @Test
  void theBufferHasRoomForTheLargestRecordAndAWindowBesideIt() {
    ProducerSettings config = of(Map.of());

    assertThat(config.forBrokers("host:9092"))
        .containsEntry("buffer.memory", (4L << 20) + (256L << 10) + (3L << 19))
        .containsEntry("max.request.size", (4 << 20) + (256 << 10));
    assertThat(config.windowBytes()).isEqualTo(3L << 19);
  }

  @Test
  void aLargerBlockLimitMakesTheBufferGrow() {
    Settings settings =
        KafkaSettings.of("host:9092")
            .with(MAX_BLOCK_KBYTES, 16384)
            .with(MEMORY_LIMIT_KBYTES, 65536)
            .build();
    ProducerSettings config = ProducerSettings.of(settings);

    assertThat(config.forBrokers("host:9092"))
        .containsEntry("buffer.memory", (16L << 20) + (256L << 10) + (3L << 19));
  }

  @Test
  void leavesTheClientTimeToDeliverWhateverTheLinger() {
    Settings settings =
        KafkaSettings.of("host:9092")
            .with(KAFKA_FLUSH_MS, 60_000)
            .withKafkaProperties(Map.of("request.timeout.ms", "40000"))
            .build();
    ProducerSettings config = ProducerSettings.of(settings);

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
    Settings settings =
        KafkaSettings.of("host:9092")
            .with(KAFKA_FLUSH_MS, 60_000)
            .withKafkaProperties(Map.of("delivery.timeout.ms", "60000"))
            .build();

    assertThatThrownBy(ProducerSettings.of(settings)::check)
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
    ProducerSettings config = of(secure);

    assertThat(config.forBrokers("host:9092")).containsAllEntriesOf(secure);
    assertThat(config.unknown()).isEmpty();
  }

  private static ProducerSettings of(Map<String, String> properties) {
    return ProducerSettings.of(
        KafkaSettings.of("host:9092").withKafkaProperties(properties).build());
  }
}
