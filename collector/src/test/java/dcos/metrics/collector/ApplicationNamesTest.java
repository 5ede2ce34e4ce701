// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.Await;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two frameworks whose executors have the same id, from the agent's answers to the messages. */
@Timeout(60)
class ApplicationNamesTest {
  private static final String STATE =
      """
      {"id":"agent-1-S1","frameworks":[
       {"id":"fw-batch","name":"batch","executors":[
        {"id":"default","labels":[{"key":"DCOS_SPACE","value":"/nightly/import"}]}]},
       {"id":"fw-web","name":"marathon","executors":[
        {"id":"default"},
        {"id":"shop.1","labels":[{"key":"MARATHON_APP_ID","value":"/shop"}]}]}]}
      """;
  private static final String CONTAINERS =
      """
      [{"container_id":"c-import","executor_id":"default","framework_id":"fw-batch",
        "statistics":{"cpus_limit":0.5,"timestamp":1700000000.25}},
       {"container_id":"c-web","executor_id":"default","framework_id":"fw-web",
        "statistics":{"cpus_limit":1.5,"timestamp":1700000000.5}},
       {"container_id":"c-shop","executor_id":"shop.1","framework_id":"fw-web",
        "statistics":{"cpus_limit":2.0,"timestamp":1700000000.75}}]
      """;

  @TempDir private Path temp;

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();

  @Test
  void belongToFrameworkAndExecutorTogether() throws Exception {
    Pipeline pipeline = pipeline();
    try {
      pipeline.start();
      Await.until("the first poll", () -> answered("/containers"));
      send(
          pipeline,
          Streams.container(
              List.of(
                  Records.of("t", "container_id", "sent-shared", "executor_id", "default"),
                  Records.of("t", "container_id", "sent-unshared", "executor_id", "shop.1")),
              CodecFactory.nullCodec(),
              2));
      Await.until("the end of the stream", () -> happened(Event.SourceClosed.class));
    } finally {
      pipeline.stop(Duration.ofSeconds(10));
    }

    assertThat(applications())
        .containsEntry("c-import", "nightly/import")
        .containsEntry("c-web", "")
        .containsEntry("c-shop", "shop")
        .containsEntry("sent-shared", "")
        .containsEntry("sent-unshared", "shop");
    assertThat(events)
        .filteredOn(Event.AgentLearned.class::isInstance)
        .extracting(event -> ((Event.AgentLearned) event).state())
        .containsExactly(
            new AgentState(
                "agent-1-S1",
                Map.of("fw-batch", "batch", "fw-web", "marathon"),
                Map.of("fw-batch/default", "nightly/import", "fw-web/shop.1", "shop")));
  }

  private boolean happened(Class<? extends Event> type) {
    return events.stream().anyMatch(type::isInstance);
  }

  private boolean answered(String path) {
    return events.stream()
        .anyMatch(event -> event instanceof Event.AgentAsked asked && asked.path().equals(path));
  }

  private Pipeline pipeline() throws Exception {
    Map<String, String> environment =
        Map.of(
            "KAFKA",
            "false",
            "LISTEN_ENDPOINT",
            "127.0.0.1:0",
            "RECORD_OUTPUT_LOG",
            "true",
            "AGENT_TEST_STATE_FILE",
            file("state.json", STATE),
            "AGENT_TEST_SYSTEM_FILE",
            file("system.json", "{\"slave/cpus_total\":4.0}"),
            "AGENT_TEST_CONTAINERS_FILE",
            file("containers.json", CONTAINERS));
    OptionValues values = OptionValues.of(Map.of(), environment);
    Pipeline pipeline =
        new Pipeline(values.settings(), values.environmentLines(), "1", lines::add, _ -> {});
    var _ = pipeline.listen(events::add);
    return pipeline;
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(temp.resolve(name), text).toString();
  }

  private static void send(Pipeline pipeline, byte[] bytes) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), pipeline.endpoint().port())) {
      socket.getOutputStream().write(bytes);
    }
  }

  /** By container id; empty for a record without the tag. */
  private Map<String, String> applications() throws Exception {
    Map<String, String> applications = new TreeMap<>();
    for (String line : lines) {
      JsonNode record = new ObjectMapper().readTree(line.substring(line.indexOf('{')));
      Map<String, String> tags = new TreeMap<>();
      record
          .get("tags")
          .forEach(tag -> tags.put(tag.get("key").asText(), tag.get("value").asText()));
      applications.put(
          tags.getOrDefault("container_id", ""), tags.getOrDefault("application_name", ""));
    }
    return applications;
  }
}
