// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInAgentTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.891Z");

  private final StandInAgent agent = new StandInAgent(0, null, Clock.fixed(NOW, ZoneOffset.UTC));
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    agent.start();
  }

  @AfterEach
  void stop() {
    agent.close();
    client.close();
  }

  @Test
  void runsEveryContainerAsAnExecutorOfAFrameworkThatItNames() throws Exception {
    JsonNode state = json("/state");
    List<String> executors = new ArrayList<>();
    for (JsonNode framework : state.get("frameworks")) {
      for (JsonNode executor : framework.get("executors")) {
        executors.add(framework.get("id").asText() + " " + executor.get("id").asText());
      }
    }
    List<String> containers = new ArrayList<>();
    for (JsonNode container : json("/containers")) {
      containers.add(
          container.get("framework_id").asText() + " " + container.get("executor_id").asText());
    }

    assertThat(state.get("id").asText()).isEqualTo(StandInAgent.AGENT_ID);
    assertThat(containers).hasSize(6).containsExactlyElementsOf(executors);
    assertThat(state.get("frameworks").findValuesAsText("name"))
        .contains("marathon", "kafka", "metronome");
  }

  @Test
  void measuresContainersNowWithFiguresThatMove() throws Exception {
    JsonNode first = json("/containers").get(0).get("statistics");
    JsonNode second = json("/containers").get(0).get("statistics");

    assertThat(first.get("timestamp").asDouble()).isEqualTo(1772600767.891);
    assertThat(second.get("cpus_limit")).isEqualTo(first.get("cpus_limit"));
    assertThat(second.get("net_rx_bytes").asLong())
        .isGreaterThan(first.get("net_rx_bytes").asLong());
    assertThat(second.get("mem_rss_bytes")).isNotEqualTo(first.get("mem_rss_bytes"));
  }

  @Test
  void reportsNumbersOnlyInItsSnapshot() throws Exception {
    JsonNode snapshot = json("/metrics/snapshot");

    assertThat(snapshot).isNotEmpty().allMatch(JsonNode::isNumber);
    assertThat(snapshot.get("slave/tasks_running").asDouble()).isEqualTo(6.0);
  }

  @Test
  void letsNobodyInWithoutTheCredential() throws Exception {
    agent.requireCredential("s3cret");

    assertThat(get("/state").statusCode()).isEqualTo(401);
    assertThat(get("/state", "Authorization", "token=s3cret").statusCode()).isEqualTo(200);
  }

  @Test
  void answersAsConfiguredAndRemembersTheRequests() throws Exception {
    agent.answer("/state", 503, "{\"error\": \"recovering\"}");

    HttpResponse<String> told = get("/state", "User-Agent", "somebody/1");
    agent.answerAsUsual("/state");

    assertThat(told.statusCode()).isEqualTo(503);
    assertThat(told.body()).isEqualTo("{\"error\": \"recovering\"}");
    assertThat(get("/state").statusCode()).isEqualTo(200);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(agent.requests())
        .extracting(StandInServer.Request::path)
        .containsExactly("/state", "/state", "/nothing");
    assertThat(agent.requests().getFirst().header("user-agent")).hasValue("somebody/1");
  }

  @Test
  void holdsAnAnswerUntilItIsLetGo() throws Exception {
    var latch = agent.hold("/state");
    var pending = client.sendAsync(request("/state"), HttpResponse.BodyHandlers.ofString());

    assertThat(agent.takeRequest(Duration.ofSeconds(10))).isPresent();
    assertThat(pending).isNotDone();
    latch.countDown();

    assertThat(pending.get().statusCode()).isEqualTo(200);
  }

  @Test
  void writesItsAnswersAsFiles(@TempDir Path folder) throws Exception {
    StandInAgent.writeFiles(folder);

    assertThat(folder.resolve("state.json")).hasContent(StandInAgent.state());
    assertThat(folder.resolve("system.json")).hasContent(StandInAgent.system());
    assertThat(folder.resolve("containers.json")).hasContent(StandInAgent.containers());
  }

  @Test
  void namesTheBrokersAsAFrameworkDoes() throws Exception {
    try (var framework = StandInFramework.started("broker-0.kafka.mesos:9092", "127.0.0.1:9093")) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + framework.port() + "/v1/connection"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());

      JsonNode dns = new ObjectMapper().readTree(answer.body()).get("dns");
      assertThat(dns)
          .extracting(JsonNode::asText)
          .containsExactly("broker-0.kafka.mesos:9092", "127.0.0.1:9093");
    }
  }

  private JsonNode json(String path) throws Exception {
    return new ObjectMapper().readTree(get(path).body());
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return client.send(request(path, headers), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String... headers) {
    var builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + agent.port() + path));
    return (headers.length == 0 ? builder : builder.headers(headers)).build();
  }
}
