// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateReaderTest {
  private static final String STATE =
      """
      {
        "version": "1.11.0", "build_time": 1600000000.0, "pid": "slave(1)@10.0.0.5:5051",
        "attributes": {"rack": "r1", "id": "not the agent's"},
        "resources": {"cpus": 4.0, "ports": "[1025-2180]"},
        "id": "5f2d-S3",
        "frameworks": [
          {
            "id": "5f2d-0000", "name": "kafka", "user": "nobody", "roles": ["kafka-role"],
            "executors": [
              {
                "id": "kafka-executor__1", "name": "", "source": "",
                "labels": [
                  {"key": "OTHER", "value": "x"},
                  {"key": "MARATHON_APP_ID", "value": "/data/kafka"}
                ],
                "tasks": [{"id": "broker-0", "labels": [{"key": "MARATHON_APP_ID", "value": "no"}]}]
              },
              {"id": "no-labels", "tasks": []}
            ],
            "completed_executors": [
              {"id": "gone", "labels": [{"key": "MARATHON_APP_ID", "value": "gone"}]}
            ]
          },
          {"executors": [], "name": "marathon", "id": "5f2d-0001"}
        ],
        "completed_frameworks": [{"id": "5f2d-9999", "name": "gone", "executors": []}],
        "flags": {"port": "5051", "frameworks_home": ""}
      }
      """;

  private static AgentState read(String json) throws IOException {
    return StateReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String reasonOf(String json) {
    try {
      return "read: " + read(json);
    } catch (IOException e) {
      return FailureText.of(e, Optional.<Settings.Secret>empty());
    }
  }

  private static Map<String, String> applicationOf(String labels) throws IOException {
    return read("{'id':'S','frameworks':[{'id':'f','executors':[{'id':'e','labels':LABELS}]}]}"
            .replace("LABELS", labels)
            .replace('\'', '"'))
        .applicationNames();
  }

  @Test
  void keepsTheNamedFieldsAndNothingElse() throws Exception {
    assertThat(read(STATE))
        .isEqualTo(
            new AgentState(
                "5f2d-S3",
                Map.of("5f2d-0000", "kafka", "5f2d-0001", "marathon"),
                Map.of("5f2d-0000/kafka-executor__1", "data/kafka"),
                Map.of("kafka-executor__1", "data/kafka")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{'key':'MARATHON_APP_ID','value':'/a/b'}] | a/b",
        "[{'key':'MARATHON_APP_ID','value':'//a'}] | a",
        "[{'key':'DCOS_SPACE','value':'/team/app'}] | team/app",
        "[{'key':'DCOS_SPACE','value':'s'},{'key':'MARATHON_APP_ID','value':'m'}] | m",
        "[{'key':'MARATHON_APP_ID','value':'m'},{'key':'DCOS_SPACE','value':'s'}] | m",
        "[{'key':'MARATHON_APP_ID','value':'/'},{'key':'DCOS_SPACE','value':'s'}] | s",
        "[{'value':'/first','key':'MARATHON_APP_ID'}] | first",
      })
  void namesTheApplicationByItsLabel(String labels, String application) throws Exception {
    assertThat(applicationOf(labels)).isEqualTo(Map.of("f/e", application));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "{}",
        "['MARATHON_APP_ID']",
        "[{'key':'MARATHON_APP_ID'}]",
        "[{'key':'MARATHON_APP_ID','value':''}]",
        "[{'key':'MARATHON_APP_ID','value':7}]",
        "[{'key':'marathon_app_id','value':'x'}]",
      })
  void namesNoApplicationWithoutIt(String labels) throws Exception {
    assertThat(applicationOf(labels)).isEmpty();
  }

  @Test
  void keepsApplicationsOfFrameworksThatShareAnExecutorIdApart() throws Exception {
    AgentState state =
        read(
            """
            {"id": "S", "frameworks": [
              {"id": "batch", "executors": [
                {"id": "default", "labels": [{"key": "DCOS_SPACE", "value": "/nightly"}]}]},
              {"executors": [
                {"id": "default"},
                {"id": "shop.1", "labels": [{"key": "MARATHON_APP_ID", "value": "/shop"}]}],
               "id": "web"},
              {"id": "jobs", "executors": [
                {"id": "default", "labels": [{"key": "DCOS_SPACE", "value": "/jobs"}]}]}]}
            """);

    assertThat(state.applicationNames())
        .isEqualTo(
            Map.of("batch/default", "nightly", "web/shop.1", "shop", "jobs/default", "jobs"));
    assertThat(state.unsharedApplicationNames()).isEqualTo(Map.of("shop.1", "shop"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'f','executors':[NAMED]},{'id':'g','executors':[{'id':'e'}]}",
        "{'id':'g','executors':[{'id':'e'}]},{'id':'f','executors':[NAMED]}",
        "{'id':'f','executors':[NAMED]},{'id':'g','executors':[NAMED]}",
        "{'id':'f','executors':[NAMED]},{'executors':[{'id':'e'}]}",
        "{'id':'f','executors':[NAMED]},{'id':'g','executors':[{'id':'e'}]},"
            + "{'id':'f','executors':[NAMED]}",
        "{'executors':[NAMED]}",
      })
  void executorIdAloneNamesNoApplicationWhereSeveralFrameworksOrNoneHaveIt(String frameworks)
      throws Exception {
    AgentState state =
        read(
            "{'id':'S','frameworks':[FRAMEWORKS]}"
                .replace("FRAMEWORKS", frameworks)
                .replace("NAMED", "{'id':'e','labels':[{'key':'DCOS_SPACE','value':'a'}]}")
                .replace('\'', '"'));

    assertThat(state.unsharedApplicationNames()).isEmpty();
  }

  @Test
  void executorIdsOfOneFrameworkThatIsListedTwiceAreUnshared() throws Exception {
    AgentState state =
        read(
            """
            {"id": "S", "frameworks": [
              {"id": "f", "executors": [
                {"id": "e", "labels": [{"key": "DCOS_SPACE", "value": "a"}]}]},
              {"id": "f", "executors": [{"id": "e"}]}]}
            """);

    assertThat(state.unsharedApplicationNames()).isEqualTo(Map.of("e", "a"));
  }

  @Test
  void passesOverALabelThatIsAWholeDocument() throws Exception {
    String document = "x".repeat(3_000_000);

    assertThat(
            applicationOf(
                "[{'key':'DCOS_PACKAGE_DEFINITION','value':'"
                    + document
                    + "'},{'key':'MARATHON_APP_ID','value':'a'}]"))
        .isEqualTo(Map.of("f/e", "a"));
  }

  @Test
  void leavesOutANameThatIsTooLong() throws Exception {
    String longest = "n".repeat(1024);

    assertThat(
            read("{\"id\":\"S\",\"frameworks\":[{\"id\":\"a\",\"name\":\"%s\"},{\"id\":\"b\",\"name\":\"%s\"}]}"
                    .formatted(longest, longest + "n"))
                .frameworkNames())
        .isEqualTo(Map.of("a", longest));
  }

  @Test
  void readsAnAgentThatRunsNothing() throws Exception {
    assertThat(read("{\"id\":\"S\"}")).isEqualTo(new AgentState("S", Map.of(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | got an empty answer, must be JSON",
        "` \n` | got an empty answer, must be JSON",
        "[] | got a JSON array, must be a JSON object",
        "7 | got a JSON value that is neither object nor array, must be a JSON object",
        "{} | got a state without an \"id\" of 1 to 1024 characters, must have one",
        "{\"id\":\"\"} | got a state without an \"id\" of 1 to 1024 characters, must have one",
        "{\"id\":5} | got a state without an \"id\" of 1 to 1024 characters, must have one",
        "{\"id\":\"S\" | got JSON that ends early at line 1, column 10, must be complete",
        "{\"id\":\"S\"} {} | got more text after the JSON, must be one value",
        "<html>secret | got an HTML page, must be JSON",
        "secret | got text that is not JSON at line 1, column 1, must be JSON",
        "{\"id\":\"S\", | got JSON that ends early at line 1, column 11, must be complete",
      })
  void refusesWhatIsNoStateAndSaysWhy(String json, String reason) {
    assertThat(reasonOf(json)).isEqualTo(reason);
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    assertThat(reasonOf("{\"id\":\"S\",\"x\":" + "[".repeat(64) + "]".repeat(64) + "}"))
        .startsWith(
            "got JSON beyond what is read: Document nesting depth (65) exceeds the maximum allowed (64");
  }

  @Test
  void refusesATextBeyondAnyUse() {
    assertThat(reasonOf("{\"id\":\"" + "x".repeat(5_000_000) + "\"}"))
        .startsWith("got JSON beyond what is read: String value length (");
  }

  @Test
  void refusesAFieldNameBeyondAnyUse() {
    assertThat(reasonOf("{\"" + "x".repeat(5_000_000) + "\":1}"))
        .startsWith("got JSON beyond what is read: ");
  }

  @Test
  void refusesANumberBeyondAnyUse() {
    assertThat(reasonOf("{\"id\":\"S\",\"x\":" + "1".repeat(5_000_000) + "}"))
        .startsWith("got JSON beyond what is read: ");
  }

  @Test
  void refusesMoreExecutorsWithoutLabelsThanAreKept() {
    StringBuilder json = new StringBuilder("{\"id\":\"S\",\"frameworks\":[{\"executors\":[");
    for (int i = 0; i < 20_000; i++) {
      json.append("{\"id\":\"").append(i).append("\"},");
    }
    json.append("{}]}]}");

    assertThatThrownBy(() -> read(json.toString()))
        .isInstanceOf(UnusableAnswerException.class)
        .hasMessage(
            "got frameworks and executors of more than 1048576 characters, must be at most that");
  }

  @Test
  void refusesMoreFrameworksThanAreKept() {
    StringBuilder json = new StringBuilder("{\"id\":\"S\",\"frameworks\":[");
    for (int i = 0; i < 20_000; i++) {
      json.append("{\"id\":\"").append(i).append("\",\"name\":\"n\"},");
    }
    json.append("{}]}");

    assertThatThrownBy(() -> read(json.toString()))
        .isInstanceOf(UnusableAnswerException.class)
        .hasMessage(
            "got frameworks and executors of more than 1048576 characters, must be at most that");
  }
}
