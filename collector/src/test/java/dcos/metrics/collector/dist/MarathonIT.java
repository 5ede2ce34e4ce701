// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.testkit.broker.LocalBroker;
import dcos.metrics.testkit.standin.StandInAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what marathon.json says, as an agent of Mesos does. */
class MarathonIT {
  private static final int PORT = 8124;

  private static JsonNode app;

  @TempDir private Path sandbox;

  @BeforeAll
  static void readApp() throws IOException {
    app = new ObjectMapper().readTree(Path.of("..", "marathon.json").toFile());
  }

  @Test
  void asksForItsPortAndChecksIt() {
    assertThat(app.at("/requirePorts").asBoolean()).isTrue();
    assertThat(app.at("/portDefinitions/0/port").asInt()).isEqualTo(PORT);
    assertThat(Options.LISTEN_ENDPOINT.defaultText()).isEqualTo("127.0.0.1:" + PORT);
    assertThat(app.at("/healthChecks/0/protocol").asText()).isEqualTo("MESOS_TCP");
  }

  @Test
  void runsOnEveryNodeWithLittle() {
    assertThat(app.at("/id").asText()).isEqualTo("metrics-collector");
    assertThat(app.at("/instances").asInt()).isEqualTo(100);
    assertThat(app.at("/cpus").asDouble()).isEqualTo(0.1);
    assertThat(app.at("/mem").asInt()).isEqualTo(128);
    assertThat(app.at("/disk").asInt(-1)).isZero();
    assertThat(app.at("/fetch/0/uri").asText()).endsWith("collector.tgz");
    assertThat(app.at("/acceptedResourceRoles").toString()).isEqualTo("[\"slave_public\",\"*\"]");
    assertThat(environment())
        .containsOnlyKeys("KAFKA_FRAMEWORK", "KAFKA_TOPIC_PREFIX", "AUTH_CREDENTIAL");
  }

  @Test
  void isGivenMoreTimeToStopThanItTakes() {
    assertThat(app.at("/taskKillGracePeriodSeconds").asInt())
        .isGreaterThan(Integer.parseInt(Options.SHUTDOWN_TIMEOUT.defaultText()));
  }

  @Test
  void waitsForKafkaComplainingAndDeliversWhenItComes() throws Exception {
    UnpackedPackage.in(sandbox);
    String credential = app.at("/env/AUTH_CREDENTIAL").asText();
    try (LocalBroker broker = LocalBroker.builder().build();
        StandInCluster cluster = StandInCluster.withoutKafka(broker.bootstrap());
        StandInAgent agent = StandInAgent.started();
        CollectorProcess collector =
            CollectorProcess.command("/bin/sh", "-c", app.at("/cmd").asText())
                .directory(sandbox)
                .environment(environment())
                .environment(notInACluster(cluster, agent))
                .environment("PATH", Files.createDirectory(sandbox.resolve("no-java")).toString())
                .start()) {
      agent.requireCredential(credential);
      checkHealth(collector.port());
      EveryCodec.send(collector.port(), "web");

      collector.awaitLine("WARN .*Kafka takes no messages.*_kafka._tcp.marathon.mesos");
      collector.awaitLine("WARN .*Kafka still takes no messages");
      cluster.announceKafka();
      broker.start();
      collector.awaitLine("INFO .*Kafka takes messages again");

      assertThat(collector.terminate()).isZero();
      assertThat(collector.lines().getLast()).contains("ledger balances=true");
      assertThat(delivered(collector)).isGreaterThan(EveryCodec.RECORDS); // and the agent's
      assertThat(collector.lines()).noneMatch(line -> line.contains(credential));
      assertThat(collector.lines()).noneMatch(line -> line.matches(".* (WARN|ERROR) +ingest .*"));
      assertThat(collector.output()).isEmpty();
    }
  }

  /** Connects and hangs up, as a TCP health check does. */
  private static void checkHealth(int port) throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), port).close();
  }

  private static int delivered(CollectorProcess collector) {
    return Integer.parseInt(
        collector.lines().getLast().replaceFirst(".* delivered=(\\d+) .*", "$1"));
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    app.at("/env").properties().forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
    return environment;
  }

  /** What this machine does not have: the cluster's DNS server, an agent; its port may be taken. */
  private static Map<String, String> notInACluster(StandInCluster cluster, StandInAgent agent) {
    Map<String, String> environment = new TreeMap<>(cluster.environment());
    environment.put("AGENT_IP_COMMAND", "/bin/echo 127.0.0.1");
    environment.put("AGENT_PORT", Integer.toString(agent.port()));
    if (!isFree(PORT)) {
      environment.put("LISTEN_ENDPOINT", "127.0.0.1:0");
    }
    return environment;
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
