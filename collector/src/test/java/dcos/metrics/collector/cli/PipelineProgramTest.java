// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dcos.metrics.MetricList;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.StandardError;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.standin.StandInAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The command with the real pipeline behind it, in this process. */
@Timeout(120)
class PipelineProgramTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> environment =
      new TreeMap<>(
          Map.of(
              "KAFKA", "false",
              "AGENT_POLLING", "false",
              "LISTEN_ENDPOINT", "127.0.0.1:0",
              "SHUTDOWN_TIMEOUT", "2"));
  private final StandardError err = StandardError.captured();
  private final CompletableFuture<Consumer<String>> signals = new CompletableFuture<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  @AfterEach
  void close() {
    var _ = signals.thenAccept(signal -> signal.accept("SIGTERM"));
    err.close();
  }

  @Test
  void refusesAPropertyThatTheKafkaClientRefuses() throws Exception {
    environment.put("KAFKA", "true");
    environment.put("KAFKA_OVERRIDE_BUFFER_MEMORY", "lots");

    start();

    assertThat(exit.get(60, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(err.lines())
        .containsExactly(
            "KAFKA_OVERRIDE_BUFFER_MEMORY=lots (kafka-property buffer.memory): must be a whole"
                + " number from 0");
  }

  @Test
  void asksNothingOfPropertiesInADryRun() throws Exception {
    environment.put("KAFKA_OVERRIDE_BUFFER_MEMORY", "lots");

    start();
    port();

    assertThat(stop()).isZero();
  }

  @Test
  void logsEachKafkaPropertyThatIsSetToTheEmptyString() throws Exception {
    environment.put("KAFKA_OVERRIDE_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM", "");
    environment.put("KAFKA_OVERRIDE_CLIENT_RACK", "");
    environment.put("KAFKA_OVERRIDE_CLIENT_ID", "x");
    environment.put("HTTP_ENDPOINT", "");

    start();
    port();

    assertThat(err.lines("a Kafka property is set to the empty string"))
        .satisfiesExactly(
            line -> assertThat(line).endsWith(" property=client.rack"),
            line -> assertThat(line).endsWith(" property=ssl.endpoint.identification.algorithm"));
    assertThat(stop()).isZero();
  }

  @Test
  void showsTheKafkaClientsOwnLogWhereThatIsAskedFor() throws Exception {
    environment.put("KAFKA", "true");
    environment.put("KAFKA_BROKERS", "127.0.0.1:1");
    environment.put("KAFKA_VERBOSE", "true");
    environment.put("KAFKA_OVERRIDE_SECURITY_PROTOCL", "SSL");

    start();
    err.awaitLine("WARN  clients  .* Connection to node -1 .* could not be established");

    assertThat(err.lines("WARN  kafka  "))
        .singleElement()
        .asString()
        .endsWith(
            "the Kafka client does not know this kafka-property, only a plugin of it may"
                + " property=security.protocl");
    assertThat(stop()).isZero();
  }

  @Test
  void isNotUpWhereNoBrokerHasAnsweredYet() throws Exception {
    environment.put("KAFKA", "true");
    environment.put("KAFKA_BROKERS", "127.0.0.1:1");
    environment.put("HTTP_ENDPOINT", "127.0.0.1:0");

    start();
    String http = err.awaitLine("serving HTTP port=").replaceFirst(".*=", "http://127.0.0.1:");

    assertThat(get(http + "/metrics")).contains("\nmetrics_collector_kafka_output_up 0.0");
    assertThat(get(http + "/health")).contains("\"state\":\"connecting\"");
    err.awaitLine("WARN  kafka  Kafka takes no messages");
    assertThat(get(http + "/health"))
        .contains("\"status\":\"degraded\"", "\"state\":\"connecting\"", "\"last_error\":\"");
    assertThat(stop()).isZero();
  }

  @Test
  void failsWhereTheAgentsIpIsNotToBeHad() throws Exception {
    environment.put("AGENT_POLLING", "true");
    environment.put("AGENT_IP_COMMAND", "/bin/false");

    start();

    assertThat(exit.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(err.lines().getLast())
        .endsWith(
            "ERROR cli  cannot start cause=\"agent-ip-command \\\"/bin/false\\\" failed with exit code"
                + " 1, must be 0\"");
  }

  @Test
  void reportsEachOfAThousandRandomRecordsAsItIs() throws Exception {
    environment.put("RECORD_INPUT_LOG", "true");
    List<MetricList> sent = new ArrayList<>();
    for (Object random : new RandomData(MetricList.getClassSchema(), 1000, 7, true)) {
      sent.add((MetricList) SpecificData.get().deepCopy(MetricList.getClassSchema(), random));
    }

    start();
    send(sent);

    assertThat(stop()).isZero();
    List<JsonNode> said = new ArrayList<>();
    for (String line : err.lines("^RECORD IN: ")) {
      said.add(JSON.readTree(line.substring("RECORD IN: ".length())));
    }
    assertThat(said)
        .hasSize(1000)
        .allMatch(record -> record.at("/source").asText().startsWith("tcp "));
    for (int i = 0; i < sent.size(); i++) {
      ((ObjectNode) said.get(i)).remove("source");
      assertThat(said.get(i)).isEqualTo(JSON.readTree(sent.get(i).toString()));
    }
  }

  @Test
  void reportsEachMessageOfADryRun() throws Exception {
    environment.put("KAFKA_PRODUCE_COUNT", "4");

    start();
    send(Records.many("web", 5, 1));

    assertThat(stop()).isZero();
    assertThat(err.lines("would send a message"))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        ".* INFO  delivery  would send a message to Kafka topic=metrics-web"
                            + " records=4 bytes=\\d+ trigger=COUNT"),
            line -> assertThat(line).matches(".* records=1 bytes=\\d+ trigger=SHUTDOWN"));
    assertThat(err.lines().getLast())
        .contains(" ledger balances=true received=5 ", " dry-run=5 ", " held=0 ");
  }

  @Test
  void dropsMessagesOverTheGlobalLimitAndEndsWellAllTheSame() throws Exception {
    environment.put("KAFKA_PRODUCE_COUNT", "1");
    environment.put("GLOBAL_LIMIT_AMOUNT_KBYTES", "1");
    environment.put("GLOBAL_LIMIT_PERIOD", "3600");
    MetricList large = Records.of("web", "k", "v".repeat(600));

    start();
    send(List.of(large, large, large, large, large));

    assertThat(stop()).isZero();
    // The one that crosses the limit still passes.
    assertThat(err.lines("would send a message")).hasSize(2);
    assertThat(err.lines("over the global limit"))
        .singleElement()
        .asString()
        .matches(
            ".* WARN  delivery  records throttled, over the global limit records=3 bytes=\\d+"
                + " limit_bytes=1024 period_s=3600");
    assertThat(err.lines().getLast()).contains(" dry-run=2 ", " throttled=3 ");
  }

  @Test
  void reportsOnceThatTopicsAreChangedOrRejectedAndEndsWell() throws Exception {
    start();
    String tooLong = "x".repeat(300);
    send(
        List.of(
            Records.of("a b"),
            Records.of("a b"),
            Records.of("c d"),
            Records.of(tooLong),
            Records.of(tooLong)));

    assertThat(stop()).isZero();
    assertThat(err.lines("WARN  batch  ").stream().map(line -> line.substring(25)))
        .containsExactly(
            "WARN  batch  topic changed to what Kafka allows"
                + " topic=\"a b\" kafka_topic=metrics-a_b",
            "WARN  batch  record rejected, its topic can not be made legal topic="
                + "x".repeat(100)
                + "…",
            "WARN  batch  topic changed to what Kafka allows more_records=2",
            "WARN  batch  record rejected, its topic can not be made legal more_records=1");
    assertThat(err.lines().getLast()).contains(" dry-run=3 ", " rejected=2 ");
  }

  @Test
  void limitsNothingThatTheAgentSays() throws Exception {
    environment.put("INPUT_LIMIT_AMOUNT_KBYTES", "1");
    environment.put("INPUT_LIMIT_PERIOD", "3600");
    environment.put("KAFKA_PRODUCE_COUNT", "1");
    environment.put("AGENT_METRICS_TOPIC", "own");
    try (StandInAgent agent = StandInAgent.started()) {
      askAgent(agent);
      start();

      // Its own figures are more than a kilobyte; the containers come after them.
      err.awaitLine("would send a message to Kafka topic=(?!metrics-own )");

      assertThat(stop()).isZero();
    }
    assertThat(err.lines("topic=metrics-own ")).hasSize(1);
    assertThat(err.lines().getLast()).contains(" throttled=0 ");
  }

  @Test
  void drainsAndFailsWhereTheAgentRefusesTheCredential() throws Exception {
    environment.put("AUTH_CREDENTIAL", "hunter2");
    try (StandInAgent agent = StandInAgent.started()) {
      agent.requireCredential("another");
      CountDownLatch asked = agent.hold("/state");
      askAgent(agent);
      start();
      send(Records.many("web", 3, 1));

      asked.countDown();

      assertThat(exit.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }
    assertThat(err.lines("ERROR"))
        .singleElement()
        .asString()
        .endsWith("/state: it does not accept AUTH_CREDENTIAL");
    assertThat(err.lines().getLast()).contains(" balances=true received=3 ", " dry-run=3 ");
    assertThat(err.lines("hunter2")).isEmpty();
  }

  @Test
  void printsTheCredentialNowhere() throws Exception {
    environment.put("AUTH_CREDENTIAL", "hunter2 again");
    environment.put("HTTP_ENDPOINT", "127.0.0.1:0");
    environment.put("RECORD_INPUT_LOG", "true");
    try (StandInAgent agent = StandInAgent.started()) {
      agent.requireCredential("hunter2 again");
      // What fails is said, and what comes back may hold what was sent.
      agent.answer("/metrics/snapshot", 500, "token=hunter2 again");
      agent.answer("/containers", 200, "token=hunter2 again");
      askAgent(agent);
      start();
      String http = err.awaitLine("serving HTTP port=").replaceFirst(".*=", "http://127.0.0.1:");
      err.awaitLine("/containers");

      List<String> said = new ArrayList<>();
      for (String page : List.of("/health", "/metrics", "/ledger")) {
        said.add(get(http + page));
      }
      Thread.getAllStackTraces()
          .forEach((thread, stack) -> said.add(thread + " " + List.of(stack)));

      assertThat(said).hasSizeGreaterThan(3).noneMatch(text -> text.contains("hunter2"));
      assertThat(stop()).isZero();
    }
    assertThat(err.lines("AUTH_CREDENTIAL=\\*{8}$")).hasSize(1);
    assertThat(err.lines("hunter2")).isEmpty();
  }

  private static String get(String url) throws IOException {
    try (InputStream in = URI.create(url).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void askAgent(StandInAgent agent) {
    environment.put("AGENT_POLLING", "true");
    environment.put("AGENT_IP_COMMAND", "/bin/echo 127.0.0.1");
    environment.put("AGENT_PORT", Integer.toString(agent.port()));
  }

  private void start() {
    var out = new PrintStream(OutputStream.nullOutputStream());
    var command =
        new CollectorCommand(
            Collections.unmodifiableMap(environment),
            InputStream.nullInputStream(),
            out,
            err.stream(),
            PipelineProgram::new,
            signals::complete,
            code -> exit.completeExceptionally(new AssertionError("halted with " + code)));
    Thread.ofPlatform().daemon().name("command").start(() -> exit.complete(command.run()));
  }

  private int port() {
    return Integer.parseInt(
        err.awaitLine("INFO  cli  listening").replaceFirst(".* endpoint=\\S+:(\\d+)", "$1"));
  }

  private void send(List<MetricList> records) throws IOException {
    try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), port())) {
      sender.getOutputStream().write(Streams.container(records));
    }
  }

  private int stop() throws Exception {
    signals.get(60, TimeUnit.SECONDS).accept("SIGTERM");
    return exit.get(60, TimeUnit.SECONDS);
  }
}
