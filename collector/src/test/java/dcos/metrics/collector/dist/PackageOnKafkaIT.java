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
  private static final String PASSWORD = "keystore-password";

  @TempDir private Path temp;

  @Test
  void deliversOverTls() throws Exception {
    Path keys = temp.resolve("keys.p12");
    Path trusted = temp.resolve("trusted.p12");
    makeKeys(keys, trusted);
    try (LocalBroker broker =
            LocalBroker.builder()
                .listener("SSL")
                .property("ssl.keystore.location", keys.toString())
                .property("ssl.keystore.password", PASSWORD)
                .property("ssl.keystore.type", "PKCS12")
                .start();
        var collector =
            CollectorProcess.packaged()
                .environment("AGENT_POLLING", "false")
                .environment("KAFKA_BROKERS", broker.bootstrap("SSL"))
                .environment("KAFKA_OVERRIDE_SECURITY_PROTOCOL", "SSL")
                .environment("KAFKA_OVERRIDE_SSL_TRUSTSTORE_LOCATION", trusted.toString())
                .environment("KAFKA_OVERRIDE_SSL_TRUSTSTORE_PASSWORD", PASSWORD)
                .environment("KAFKA_OVERRIDE_SSL_TRUSTSTORE_TYPE", "PKCS12")
                .start()) {
      EveryCodec.send(collector.port(), "secret");

      assertDeliversAll(collector, broker, "metrics-secret");
      assertThat(collector.lines()).noneMatch(line -> line.contains(PASSWORD));
    }
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

  /** A key pair for 127.0.0.1, and the certificate for those who are to trust it. */
  private static void makeKeys(Path keys, Path trusted) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Path certificate = keys.resolveSibling("certificate");
    UnpackedPackage.run(
        keytool,
        "-genkeypair",
        "-alias",
        "broker",
        "-keyalg",
        "EC",
        "-dname",
        "CN=broker",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        keys.toString(),
        "-storepass",
        PASSWORD);
    UnpackedPackage.run(
        keytool,
        "-exportcert",
        "-alias",
        "broker",
        "-keystore",
        keys.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        certificate.toString());
    UnpackedPackage.run(
        keytool,
        "-importcert",
        "-noprompt",
        "-alias",
        "broker",
        "-keystore",
        trusted.toString(),
        "-storepass",
        PASSWORD,
        "-file",
        certificate.toString());
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
