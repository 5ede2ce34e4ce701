// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.testkit.broker.LocalBroker;
import dcos.metrics.testkit.standin.StandInDns;
import dcos.metrics.testkit.standin.StandInFramework;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The consumer as it is started: a process of its own, told of a framework instead of brokers. */
@Timeout(120)
class ConsumerProcessIT {
  private static final int SIGTERM_EXIT = 128 + 15;

  @Test
  void waitsForTheFrameworkAndReadsFromItsBrokers() throws Exception {
    try (var broker = LocalBroker.started();
        var framework = StandInFramework.started(broker.bootstrap());
        var dns = StandInDns.started()) {
      send(broker, "metrics-a", "there");
      Process consumer = start("--framework=queue", "--dns-servers=" + dns.endpoint());
      try (BufferedReader errors = consumer.errorReader();
          BufferedReader lines = consumer.inputReader()) {
        assertThat(errors.readLine()).startsWith("no brokers yet: ").contains("_queue._tcp");

        dns.a("scheduler.test", "127.0.0.1");
        dns.srv("_queue._tcp.marathon.mesos", 0, 1, framework.port(), "scheduler.test");

        assertThat(lines.readLine()).contains("\"kafka_topic\":\"metrics-a\"", "there");
      } finally {
        consumer.destroyForcibly();
      }
    }
  }

  @Test
  void isStoppedWhileItWaitsForTheFramework() throws Exception {
    try (var dns = StandInDns.started()) {
      Process consumer = start("--framework=queue", "--dns-servers=" + dns.endpoint());
      try (BufferedReader errors = consumer.errorReader()) {
        assertThat(errors.readLine()).startsWith("no brokers yet: ");

        boolean _ = consumer.toHandle().destroy();

        assertThat(consumer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(consumer.exitValue()).isEqualTo(SIGTERM_EXIT);
      } finally {
        consumer.destroyForcibly();
      }
    }
  }

  private static Process start(String... arguments) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        new ArrayList<>(
            List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dcos.metrics.consumer.Main",
                "--from-beginning"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static void send(LocalBroker broker, String topic, String name) throws Exception {
    byte[] message = Containers.of(new MetricList(name, List.of(), List.of()));
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, message)).get();
    }
  }
}
