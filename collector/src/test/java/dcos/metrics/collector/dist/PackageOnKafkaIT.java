// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.Await;
import dcos.metrics.testkit.broker.LocalBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.file.CodecFactory;
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

  @Test
  void reportsTheBrokerThatCannotBeReachedInTheLogAndAsDegradedHealth() throws Exception {
    try (LocalBroker broker =
            LocalBroker.builder()
                .property("advertised.listeners", "PLAINTEXT://broker.invalid:9092")
                .start();
        var collector = sendingSoon(broker)) {
      EveryCodec.send(collector.port(), "lost");

      collector.awaitLine(
          "WARN .*broker cannot be reached.* broker=1 address=broker.invalid:9092 topic=metrics-lost"
              + " error=\"the host name does not resolve\"");
      String health = get(collector, "/health");
      assertThat(health)
          .contains(
              "\"status\":\"degraded\"",
              "\"state\":\"not-delivering\"",
              "\"last_error\":\"broker 1 at broker.invalid:9092 cannot be reached:"
                  + " the host name does not resolve\"");
      assertThat(get(collector, "/ledger"))
          .contains("\"waiting_topics\":[{\"topic\":\"metrics-lost\",");
      assertThat(get(collector, "/metrics")).contains("metrics_collector_kafka_output_up 0.0");

      assertThat(collector.terminate()).isEqualTo(1);
      assertThat(collector.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains(
                          "undeliverable records of a topic topic=metrics-lost",
                          " records=" + EveryCodec.RECORDS + " "));
    }
  }

  @Test
  void namesTwentyOfTheTopicsThatCannotBeCreatedAndListsAllOverHttp() throws Exception {
    int topics = 25;
    try (LocalBroker broker = LocalBroker.started(Map.of("auto.create.topics.enable", "false"));
        var collector = sendingSoon(broker)) {
      for (int i = 0; i < topics; i++) {
        sendOne(collector.port(), "missing-" + i);
      }

      collector.awaitLine("WARN .*more topics take no messages.* named=20");
      Await.until("all topics", () -> waitingTopics(collector) == topics);
      assertThat(collector.terminate()).isEqualTo(1);

      assertThat(collector.lines())
          .filteredOn(line -> line.contains("topic takes no messages"))
          .hasSize(20)
          .allMatch(line -> line.contains("This server does not host this topic-partition"));
      assertThat(collector.lines())
          .filteredOn(line -> line.contains("undeliverable records of a topic topic=metrics-"))
          .hasSize(20);
      assertThat(collector.lines())
          .anyMatch(line -> line.contains("undeliverable records of further topics topics=5"));
    }
  }

  /** A collector that sends soon, serves HTTP, and does not wait for Kafka when it stops. */
  private static CollectorProcess sendingSoon(LocalBroker broker) {
    return CollectorProcess.packaged()
        .environment("AGENT_POLLING", "false")
        .environment("KAFKA_BROKERS", broker.bootstrap())
        .environment("KAFKA_FLUSH_MS", "0")
        .environment("KAFKA_PRODUCE_PERIOD_MS", "500")
        .environment("HTTP_ENDPOINT", "127.0.0.1:0")
        .environment("SHUTDOWN_TIMEOUT", "1")
        .start();
  }

  private static void sendOne(int port, String topic) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(Streams.container(Records.many(topic, 1, 1), CodecFactory.nullCodec(), 1));
    }
  }

  private static int waitingTopics(CollectorProcess collector) {
    try {
      String ledger = get(collector, "/ledger");
      String waiting = ledger.substring(ledger.indexOf("\"waiting_topics\""));
      return waiting.split("\"topic\":", -1).length - 1;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String get(CollectorProcess collector, String path) throws Exception {
    String line = collector.awaitLine("serving HTTP port=\\d+");
    var uri = URI.create("http://127.0.0.1:" + line.substring(line.lastIndexOf('=') + 1) + path);
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
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
