// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.localstack.LocalBroker;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageOnKafkaIT {
  private static final String LOGIN_PASSWORD = "hunter2";

  @TempDir private Path temp;

  @Test
  void deliversOverTlsToABrokerThatWantsAPassword() throws Exception {
    TlsKeys keys = TlsKeys.in(temp);
    try (LocalBroker broker =
            LocalBroker.builder()
                .listener("SASL_SSL")
                .property("ssl.keystore.location", keys.own().toString())
                .property("ssl.keystore.password", TlsKeys.PASSWORD)
                .property("ssl.keystore.type", "PKCS12")
                .property("sasl.enabled.mechanisms", "PLAIN")
                .property("listener.name.sasl_ssl.plain.sasl.jaas.config", login("user_collector"))
                .start();
        var collector =
            CollectorProcess.packaged()
                .environment("AGENT_POLLING", "false")
                .environment("KAFKA_BROKERS", broker.bootstrap("SASL_SSL"))
                .environment("KAFKA_OVERRIDE_SECURITY_PROTOCOL", "SASL_SSL")
                .environment("KAFKA_OVERRIDE_SSL_TRUSTSTORE_LOCATION", keys.trusted().toString())
                .environment("KAFKA_OVERRIDE_SSL_TRUSTSTORE_PASSWORD", TlsKeys.PASSWORD)
                .environment("KAFKA_OVERRIDE_SSL_TRUSTSTORE_TYPE", "PKCS12")
                .environment("KAFKA_OVERRIDE_SASL_MECHANISM", "PLAIN")
                .environment(
                    "KAFKA_PROPERTY",
                    "sasl.jaas.config=" + login("username=\"collector\" password"))
                .environment("KAFKA_VERBOSE", "true")
                .start()) {
      EveryCodec.send(collector.port(), "secret");

      assertDeliversAll(collector, broker, "metrics-secret");
      assertThat(collector.lines())
          .noneMatch(line -> line.contains(TlsKeys.PASSWORD) || line.contains(LOGIN_PASSWORD));
    }
  }

  private static String login(String key) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required %s=\"%s\";"
        .formatted(key, LOGIN_PASSWORD);
  }

  @Test
  void compressesWithSnappyWithoutATemporaryFolder() throws Exception {
    try (LocalBroker broker = LocalBroker.started();
        var collector =
            CollectorProcess.packaged()
                .environment("AGENT_POLLING", "false")
                .environment("KAFKA_BROKERS", broker.bootstrap())
                .environment("KAFKA_COMPRESS_SNAPPY", "true")
                .environment("COLLECTOR_JVM_FLAGS", "-Djava.io.tmpdir=" + temp.resolve("none"))
                .start()) {
      EveryCodec.send(collector.port(), "small");

      assertDeliversAll(collector, broker, "metrics-small");
    }
  }

  private static void assertDeliversAll(
      CollectorProcess collector, LocalBroker broker, String kafkaTopic) throws Exception {
    assertThat(collector.terminate()).isZero();
    assertThat(collector.lines().getLast())
        .contains("ledger balances=true", " delivered=" + EveryCodec.RECORDS + " ");
    var partition = new TopicPartition(kafkaTopic, 0);
    try (Admin admin = broker.admin()) {
      var end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()));
      assertThat(end.partitionResult(partition).get().offset()).isPositive();
    }
  }
}
