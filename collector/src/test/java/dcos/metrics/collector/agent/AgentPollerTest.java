// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static dcos.metrics.collector.agent.Polled.datapoint;
import static dcos.metrics.collector.agent.TestAgent.json;
import static dcos.metrics.collector.agent.TestAgent.status;
import static dcos.metrics.collector.settings.Options.AUTH_CREDENTIAL;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentPollerTest {
  private static final String CREDENTIAL = "eyJ0eXAi.s3cr3t";
  private static final String CONTAINER =
      "{\"container_id\":\"c\",\"executor_id\":\"e\",\"framework_id\":\"f\","
          + "\"statistics\":{\"timestamp\":1.5,\"x\":2}}";

  @AutoClose private final TestAgent agent = new TestAgent();
  private final Polled polled = new Polled();

  private Settings.Agent settings() {
    return agent.settings().build().agent();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + agent.port() + path;
  }

  @Test
  void asksForStateThenFiguresThenContainers() throws Exception {
    try (AgentPoller poller = polled.connected(settings())) {
      assertThat(poller.pollOnce()).isTrue();
      assertThat(poller.pollOnce()).isTrue();
    }

    assertThat(agent.askedPaths())
        .containsExactly(
            "/state",
            "/metrics/snapshot",
            "/containers",
            "/state",
            "/metrics/snapshot",
            "/containers");
    assertThat(agent.asked()).allMatch(asked -> asked.method().equals("GET"));
  }

  @Test
  void reportsWhoItIsAndNoCredentialWhereThereIsNone() throws Exception {
    try (AgentPoller poller = polled.connected(settings())) {
      poller.pollOnce();
    }

    assertThat(agent.asked())
        .hasSize(3)
        .allSatisfy(
            asked -> {
              assertThat(asked.headers().get("User-Agent"))
                  .containsExactly("metrics-collector/1.2.3");
              assertThat(asked.headers().get("Authorization")).isNull();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {CREDENTIAL, "two words"})
  void sendsTheCredentialWithEveryRequest(String credential) throws Exception {
    try (AgentPoller poller =
        polled.connected(agent.settings().with(AUTH_CREDENTIAL, credential).build().agent())) {
      poller.pollOnce();
    }

    assertThat(agent.asked())
        .hasSize(3)
        .allSatisfy(
            asked ->
                assertThat(asked.headers().get("Authorization"))
                    .containsExactly("token=" + credential));
  }

  @Test
  void handsOnTheStateAndTheRecords() throws Exception {
    agent.answer("/state", json("{\"id\":\"S7\",\"frameworks\":[{\"id\":\"f\",\"name\":\"n\"}]}"));
    agent.answer("/metrics/snapshot", json("{\"system/cpus_total\":4}"));
    agent.answer("/containers", json("[" + CONTAINER + "]"));

    try (AgentPoller poller = polled.connected(settings())) {
      poller.pollOnce();

      assertThat(poller.selfMetrics())
          .isEqualTo(
              new PollStatistics(
                  1,
                  3,
                  0,
                  2,
                  2,
                  0,
                  Map.of(),
                  Map.of(
                      "/state", Polled.NOW,
                      "/metrics/snapshot", Polled.NOW,
                      "/containers", Polled.NOW),
                  Map.of(),
                  Optional.empty()));
    }

    assertThat(polled.states).containsExactly(new AgentState("S7", Map.of("f", "n"), Map.of()));
    assertThat(polled.records())
        .containsExactly(
            new MetricList(
                "agent",
                List.of(),
                List.of(
                    datapoint(
                        "dcos.metrics.agent.system.cpus_total", Polled.NOW.toEpochMilli(), 4.0))),
            new MetricList(
                "f",
                List.of(
                    new Tag("container_id", "c"),
                    new Tag("executor_id", "e"),
                    new Tag("framework_id", "f")),
                List.of(datapoint("dcos.metrics.container.x", 1500, 2.0))));
  }

  @Test
  void asksTheOthersThoughOneFailsAndKeepsTheLastKnownState() throws Exception {
    try (AgentPoller poller = polled.connected(settings())) {
      poller.pollOnce();
      agent.answer("/state", status(503, "starting"));
      agent.answer("/containers", json("[" + CONTAINER + "]"));

      assertThat(poller.pollOnce()).isTrue();

      assertThat(poller.selfMetrics().failures()).isEqualTo(1);
      assertThat(poller.selfMetrics().lastErrors())
          .isEqualTo(Map.of("/state", "got HTTP status 503, must be HTTP status 200"));
      assertThat(polled.states).containsExactly(new AgentState("S1", Map.of(), Map.of()));
      assertThat(polled.records()).hasSize(1);
    }
  }

  @Test
  void asksAgainInTheNextPollAndForgetsTheError() throws Exception {
    agent.answer("/state", status(500, ""));
    try (AgentPoller poller = polled.connected(settings())) {
      poller.pollOnce();
      agent.answer("/state", json("{\"id\":\"S2\"}"));

      poller.pollOnce();

      assertThat(polled.states).extracting(AgentState::agentId).containsExactly("S2");
      assertThat(poller.selfMetrics().lastErrors()).isEmpty();
      assertThat(poller.selfMetrics().failures()).isEqualTo(1);
    }
  }

  @Test
  void reportsThatNobodyListens() throws Exception {
    int port = agent.port();
    agent.close();

    try (AgentPoller poller = polled.connected(TestAgent.settings(port).build().agent())) {
      assertThat(poller.pollOnce()).isTrue();

      String error =
          "ConnectException: Failed to connect to /127.0.0.1:"
              + port
              + ": ConnectException: Connection refused";
      assertThat(poller.selfMetrics().lastErrors())
          .isEqualTo(Map.of("/state", error, "/metrics/snapshot", error, "/containers", error));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | got nothing within 300 ms",
        "{\"id\": | got only a part of an answer within 300 ms, must be complete by then",
      })
  void waitsForNoAnswerBeyondItsLimitHoweverItTrickles(String begin, String cause)
      throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    agent.answer(
        "/state",
        exchange -> {
          try {
            if (!begin.isEmpty()) {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write(begin.getBytes(StandardCharsets.UTF_8));
              exchange.getResponseBody().flush();
            }
            end.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });

    try (AgentPoller poller = polled.poller(settings())) {
      poller.connect(Duration.ofMillis(300));
      poller.pollOnce();

      assertThat(poller.selfMetrics().lastErrors()).containsEntry("/state", cause);
    } finally {
      end.countDown();
    }
  }

  @Test
  void runsNoTimeoutWhileTheRecordsWaitForMemory() throws Exception {
    Duration limit = Duration.ofSeconds(2);
    agent.answer("/containers", json("[" + (CONTAINER + ",").repeat(5000) + CONTAINER + "]"));
    CountDownLatch never = new CountDownLatch(1);
    int[] taken = {0};
    RecordSink slow =
        block -> {
          taken[0] += block.records();
          if (taken[0] == block.records()) {
            // Memory is had later than any answer may take.
            assertThat(never.await(limit.toMillis() + 500, MILLISECONDS)).isFalse();
          }
        };
    try (AgentPoller poller =
        new AgentPoller(
            settings(),
            "1",
            _ -> {},
            slow,
            () -> Polled.NOW,
            polled.refused::add,
            new EventTap())) {
      poller.connect(limit);
      poller.pollOnce();

      assertThat(poller.selfMetrics().lastErrors()).isEmpty();
      assertThat(taken[0]).isEqualTo(5001);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/state", "/metrics/snapshot", "/containers"})
  void endsForGoodWhenTheCredentialIsRefused(String path) throws Exception {
    agent.answer(path, status(401, "token=" + CREDENTIAL));
    try (AgentPoller poller =
        polled.connected(agent.settings().with(AUTH_CREDENTIAL, CREDENTIAL).build().agent())) {
      assertThat(poller.pollOnce()).isFalse();

      assertThat(polled.refused)
          .containsExactly(
              "the Mesos agent answered 401 to "
                  + url(path)
                  + ": it does not accept AUTH_CREDENTIAL");
    }
    assertThat(agent.askedPaths()).last().isEqualTo(path);
  }

  @Test
  void reportsThatACredentialIsWantedWhereNoneIsSet() throws Exception {
    agent.answer("/state", status(401, ""));
    try (AgentPoller poller = polled.connected(settings())) {
      assertThat(poller.pollOnce()).isFalse();
    }

    assertThat(polled.refused)
        .containsExactly(
            "the Mesos agent answered 401 to "
                + url("/state")
                + ": it wants a credential, and AUTH_CREDENTIAL is not set");
  }

  @Test
  void masksTheCredentialInWhatTheOtherSideSendsBack() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> echoTheCredential(server));
      Settings.Agent settings =
          TestAgent.settings(server.getLocalPort())
              .with(AUTH_CREDENTIAL, CREDENTIAL)
              .build()
              .agent();
      try (AgentPoller poller = polled.connected(settings)) {
        poller.pollOnce();

        assertThat(poller.selfMetrics().lastErrors())
            .containsEntry(
                "/state",
                "got no HTTP (ProtocolException: Unexpected status line: token=********), must be HTTP");
        assertThat(poller.selfMetrics().toString()).doesNotContain(CREDENTIAL);
      }
    }
  }

  private static void echoTheCredential(ServerSocket server) {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        socket.getInputStream().read();
        socket
            .getOutputStream()
            .write(("token=" + CREDENTIAL + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        socket.shutdownOutput();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (IOException _) {
        // The client has gone, or the test is over.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "blank ", "line\nbreak", "tab\tbed", "sécret"})
  void refusesACredentialThatNoHeaderCarriesWithoutSayingIt(String credential) {
    var secret = Optional.of(new Settings.Secret(credential));
    Settings.Agent settings = agent.settings().withValue(AUTH_CREDENTIAL, secret).build().agent();

    assertThatThrownBy(() -> polled.poller(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "auth-credential must be printable ASCII characters on one line, without blanks around"
                + " them");
  }

  @Test
  void continuesAfterAnErrorOfOurOwn() throws Exception {
    agent.answer("/metrics/snapshot", json("{\"a\":1}"));
    RecordSink broken =
        _ -> {
          throw new IllegalStateException("broken");
        };
    try (AgentPoller poller =
        new AgentPoller(
            settings(),
            "1",
            _ -> {},
            broken,
            () -> Polled.NOW,
            polled.refused::add,
            new EventTap())) {
      poller.connect(Duration.ofSeconds(20));

      assertThat(poller.pollOnce()).isTrue();

      assertThat(poller.selfMetrics().lastErrors())
          .isEqualTo(Map.of("/metrics/snapshot", "IllegalStateException"));
    }
  }
}
