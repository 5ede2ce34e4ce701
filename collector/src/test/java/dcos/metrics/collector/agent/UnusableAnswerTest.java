// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static dcos.metrics.collector.agent.TestAgent.json;
import static dcos.metrics.collector.agent.TestAgent.status;
import static dcos.metrics.collector.settings.Options.AGENT_TEST_CONTAINERS_FILE;
import static dcos.metrics.collector.settings.Options.AGENT_TEST_STATE_FILE;
import static dcos.metrics.collector.settings.Options.AUTH_CREDENTIAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.agent.TestAgent.Answer;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.testing.StandardError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs one line for an answer that is not the agent's, and another one for none. */
@Timeout(60)
class UnusableAnswerTest {
  private static final String CREDENTIAL = "eyJ0eXAi.s3cr3t";
  private static final String UNUSABLE = "the agent's answer cannot be used";
  private static final String NO_ANSWER = "the agent did not answer";

  @TempDir Path folder;

  @AutoClose private final TestAgent agent = new TestAgent();
  private final Polled polled = new Polled();

  private static Answer redirect(int status, String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private static Answer encoded(String coding) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", coding);
      json("{\"id\":\"S\"}").send(exchange);
    };
  }

  /** Announces more than it sends. */
  private static Answer cut(int announced, String begin) {
    return exchange -> {
      exchange.sendResponseHeaders(200, announced);
      exchange.getResponseBody().write(begin.getBytes(UTF_8));
      exchange.getResponseBody().flush();
    };
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        Arguments.of(
            redirect(302, "https://user:hunter2@10.0.0.1:5051/state?token=hunter2#hunter2"),
            "agent-scheme",
            "got a redirect (HTTP status 302) to https://10.0.0.1:5051/state?..., must be HTTP"
                + " status 200"),
        Arguments.of(
            redirect(307, "/login/" + CREDENTIAL),
            "agent-port",
            "got a redirect (HTTP status 307) to http://127.0.0.1:PORT/login/********, must be HTTP"
                + " status 200"),
        Arguments.of(
            redirect(301, "mailto:hunter2"),
            "agent-port",
            "got a redirect (HTTP status 301) to no valid URL, must be HTTP status 200"),
        Arguments.of(status(304, ""), "agent-port", "got HTTP status 304, must be HTTP status 200"),
        Arguments.of(status(204, ""), "agent-port", "got HTTP status 204, must be HTTP status 200"),
        Arguments.of(
            status(403, "hunter2"),
            "auth-credential",
            "got HTTP status 403, must be HTTP status 200"),
        Arguments.of(
            status(404, "hunter2"), "agent-port", "got HTTP status 404, must be HTTP status 200"),
        Arguments.of(
            status(503, "hunter2"), "agent-port", "got HTTP status 503, must be HTTP status 200"),
        Arguments.of(status(200, ""), "agent-port", "got an empty answer, must be JSON"),
        Arguments.of(json(" \r\n"), "agent-port", "got an empty answer, must be JSON"),
        Arguments.of(
            json("\ufeff\n<!DOCTYPE html>\n<html>hunter2"),
            "agent-port",
            "got an HTML page, must be JSON"),
        Arguments.of(
            json("<?xml version=\"1.0\"?><a>hunter2</a>"),
            "agent-port",
            "got XML or HTML, must be JSON"),
        Arguments.of(
            json("hunter2"),
            "agent-port",
            "got text that is not JSON at line 1, column 1, must be JSON"),
        Arguments.of(
            json("{\"id\":\"S\","),
            "agent-port",
            "got JSON that ends early at line 1, column 11, must be complete"),
        Arguments.of(json("[]"), "agent-port", "got a JSON array, must be a JSON object"),
        Arguments.of(encoded("br"), "agent-port", "got Content-Encoding br, must be gzip or none"),
        Arguments.of(
            cut(100, "{\"id\":\"S\""),
            "agent-port",
            "got only a part of an answer (ProtocolException: unexpected end of stream), must be"
                + " complete"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void isNamedInOneLineWithoutSecrets(Answer answer, String option, String cause) throws Exception {
    agent.answer("/state", answer);
    String expected = cause.replace("PORT", String.valueOf(agent.port()));

    List<String> lines =
        pollLines(agent.settings().with(AUTH_CREDENTIAL, CREDENTIAL).build().agent());

    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst())
        .contains(UNUSABLE, "path=/state", "from=http://127.0.0.1:" + agent.port() + "/state")
        .contains("option=" + option + " ")
        .contains("cause=\"" + expected + "\"")
        .doesNotContain("hunter2", CREDENTIAL);
    assertThat(agent.askedPaths()).containsExactly("/state", "/metrics/snapshot", "/containers");
  }

  @Test
  void isNoneWhereNobodyListens() throws Exception {
    int port = agent.port();
    agent.close();

    assertThat(pollLines(TestAgent.settings(port).build().agent()))
        .hasSize(3)
        .allSatisfy(
            line ->
                assertThat(line).contains(NO_ANSWER, "option=agent-port", "Connection refused"));
  }

  @Test
  void isNoneWhereTheConnectionIsClosedAtOnce() throws Exception {
    assertThat(linesOfRawAnswer(""))
        .isNotEmpty()
        .allSatisfy(
            line -> assertThat(line).contains(NO_ANSWER, "cause=\"the connection was closed\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "+PONG"})
  void isNamedWhereItIsNotHttp(String answer) throws Exception {
    assertThat(linesOfRawAnswer(answer))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains(UNUSABLE, "got no HTTP", ", must be HTTP"));
  }

  @Test
  void isNotAnAgentsWhereATestFileCannotBeUsed() throws Exception {
    Path page = Files.writeString(folder.resolve("state.json"), "<html>");
    Path missing = folder.resolve("missing.json");
    Settings.Agent settings =
        agent
            .settings()
            .with(AGENT_TEST_STATE_FILE, page.toString())
            .with(AGENT_TEST_CONTAINERS_FILE, missing.toString())
            .build()
            .agent();

    assertThat(pollLines(settings))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains("the agent's test file cannot be used", "from=" + page)
                    .contains("option=agent-test-state-file")
                    .contains("cause=\"got an HTML page, must be JSON\""),
            line ->
                assertThat(line)
                    .contains("the agent's test file cannot be used", "from=" + missing)
                    .contains("option=agent-test-containers-file")
                    .contains("cause=\"no such file\""));
  }

  private List<String> linesOfRawAnswer(String answer) throws Exception {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerAll(server, answer));
      return pollLines(TestAgent.settings(server.getLocalPort()).build().agent());
    }
  }

  private static void answerAll(ServerSocket server, String answer) {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[8192]);
        socket.getOutputStream().write(answer.getBytes(UTF_8));
      } catch (IOException _) {
        // The client has disconnected, or the test is over.
      }
    }
  }

  private List<String> pollLines(Settings.Agent settings) throws Exception {
    try (var stderr = StandardError.captured();
        AgentPoller poller = polled.connected(settings)) {
      poller.pollOnce();
      return stderr.lines("WARN");
    }
  }
}
