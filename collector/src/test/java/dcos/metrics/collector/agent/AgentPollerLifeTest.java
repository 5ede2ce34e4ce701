// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static dcos.metrics.collector.agent.TestAgent.json;
import static dcos.metrics.collector.agent.TestAgent.status;
import static dcos.metrics.collector.settings.Options.AGENT_IP_COMMAND;
import static dcos.metrics.collector.settings.Options.AGENT_POLLING;
import static dcos.metrics.collector.settings.Options.AGENT_POLL_PERIOD;
import static dcos.metrics.collector.settings.Options.AGENT_TEST_CONTAINERS_FILE;
import static dcos.metrics.collector.settings.Options.AGENT_TEST_STATE_FILE;
import static dcos.metrics.collector.settings.Options.AGENT_TEST_SYSTEM_FILE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentPollerLifeTest {
  @TempDir Path folder;

  @AutoClose private final TestAgent agent = new TestAgent();
  private final Polled polled = new Polled();

  private Settings.Agent settings() {
    return agent.settings().build().agent();
  }

  private AgentPoller reportingThreads(Settings.Agent settings, BlockingQueue<String> threads) {
    return new AgentPoller(
        settings,
        "1",
        _ -> threads.add(Thread.currentThread().getName()),
        polled::accept,
        () -> Polled.NOW,
        polled.refused::add,
        new EventTap());
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void pollsAtOnceOnAThreadOfItsOwn() throws Exception {
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    Settings.Agent hourly = agent.settings().with(AGENT_POLL_PERIOD, 3600).build().agent();
    try (AgentPoller poller = reportingThreads(hourly, threads)) {
      poller.start();

      assertThat(threads.poll(30, TimeUnit.SECONDS)).isEqualTo("agent-poll");
    }
  }

  @Test
  void pollsAgainAndNeverTwoAtATime() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    for (String path : new String[] {"/state", "/metrics/snapshot", "/containers"}) {
      String body = path.equals("/containers") ? "[]" : "{\"id\":\"S\"}";
      agent.answer(
          path,
          exchange -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            json(body).send(exchange);
            atOnce.decrementAndGet();
          });
    }
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    try (AgentPoller poller =
        reportingThreads(
            agent.settings().withValue(AGENT_POLL_PERIOD, Duration.ofMillis(1)).build().agent(),
            threads)) {
      poller.start();

      for (int poll = 0; poll < 20; poll++) {
        assertThat(threads.poll(30, TimeUnit.SECONDS)).isEqualTo("agent-poll");
      }
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void asksNothingWherePollingIsOff() throws Exception {
    Settings.Agent off =
        agent
            .settings()
            .with(AGENT_POLLING, "false")
            .with(AGENT_IP_COMMAND, "false")
            .build()
            .agent();
    try (AgentPoller poller = polled.poller(off)) {
      poller.start();

      assertThat(poller.selfMetrics().polls()).isZero();
    }
    assertThat(agent.asked()).isEmpty();
  }

  @Test
  void doesNotStartWithoutTheAgentsAddress() {
    try (AgentPoller poller =
        polled.poller(agent.settings().with(AGENT_IP_COMMAND, "false").build().agent())) {
      assertThatThrownBy(poller::start)
          .isInstanceOf(AgentIpException.class)
          .hasMessage("agent-ip-command \"false\" failed with exit code 1, must be 0");
    }
  }

  @Test
  void asksAnAddressOfVersionSixInBrackets() throws Exception {
    AgentClient answers =
        new AgentClient(settings(), "1", Optional.of("fd01::7"), Duration.ofSeconds(5));

    assertThat(answers.where(AgentEndpoint.STATE))
        .isEqualTo("http://[fd01::7]:" + agent.port() + "/state");
  }

  @Test
  void readsTestFilesInsteadAndLooksUpNoAddressWhereAllThreeAreGiven() throws Exception {
    Settings.Agent files =
        agent
            .settings()
            .with(AGENT_IP_COMMAND, "false")
            .with(AGENT_TEST_STATE_FILE, file("state.json", "{\"id\":\"from-file\"}").toString())
            .with(AGENT_TEST_SYSTEM_FILE, file("system.json", "{\"a\":1}").toString())
            .with(AGENT_TEST_CONTAINERS_FILE, file("containers.json", "[]").toString())
            .build()
            .agent();
    try (AgentPoller poller = polled.connected(files)) {
      poller.pollOnce();

      assertThat(poller.selfMetrics().lastErrors()).isEmpty();
    }
    assertThat(polled.states).singleElement().matches(s -> s.agentId().equals("from-file"));
    assertThat(polled.records()).hasSize(1);
    assertThat(agent.asked()).isEmpty();
  }

  @Test
  void readsASingleTestFileAndAsksForTheOthers() throws Exception {
    Path state = file("state.json", "{\"id\":\"from-file\"}");
    Settings.Agent one =
        agent.settings().with(AGENT_TEST_STATE_FILE, state.toString()).build().agent();
    try (AgentPoller poller = polled.connected(one)) {
      poller.pollOnce();
    }

    assertThat(polled.states).singleElement().matches(s -> s.agentId().equals("from-file"));
    assertThat(agent.askedPaths()).containsExactly("/metrics/snapshot", "/containers");
  }

  @Test
  void reportsThatATestFileIsMissingAndReadsItOnceItIsThere() throws Exception {
    Path later = folder.resolve("later.json");
    Settings.Agent settings =
        agent.settings().with(AGENT_TEST_STATE_FILE, later.toString()).build().agent();
    try (AgentPoller poller = polled.connected(settings)) {
      poller.pollOnce();
      assertThat(poller.selfMetrics().lastErrors()).isEqualTo(Map.of("/state", "no such file"));

      file("later.json", "{\"id\":\"S\"}");
      poller.pollOnce();

      assertThat(poller.selfMetrics().lastErrors()).isEmpty();
      assertThat(polled.states).hasSize(1);
    }
  }

  @Test
  void reportsEachFailureInOneLineThatNamesPathAndCause() throws Exception {
    agent.answer("/state", status(503, "down\nfor maintenance"));
    agent.answer("/containers", json("<html>"));
    PrintStream usual = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, UTF_8));
    try (AgentPoller poller = polled.connected(settings())) {
      poller.pollOnce();
    } finally {
      System.setErr(usual);
    }

    String from = "from=http://127.0.0.1:" + agent.port();
    assertThat(said.toString(UTF_8).lines())
        .satisfiesExactly(
            state ->
                assertThat(state)
                    .contains(
                        "WARN", "the agent's answer cannot be used", "path=/state", from + "/state")
                    .contains(
                        "option=agent-port cause=\"got HTTP status 503, must be HTTP status 200\""),
            containers ->
                assertThat(containers)
                    .contains("WARN", "path=/containers", "got an HTML page, must be JSON"));
  }

  @Test
  void closesWhileAnAnswerIsAwaitedAndCountsNoFailure() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    agent.answer(
        "/state",
        _ -> {
          asked.countDown();
          try {
            end.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
    AgentPoller poller = polled.poller(settings());
    poller.start();
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

    poller.close();
    poller.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("agent-poll");
    assertThat(poller.selfMetrics().failures()).isZero();
    end.countDown();
  }

  @Test
  void closesWhileTheRecordsWaitForMemory() throws Exception {
    agent.answer("/metrics/snapshot", json("{\"a\":1}"));
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch memory = new CountDownLatch(1);
    RecordSink full =
        _ -> {
          waits.countDown();
          memory.await();
        };
    AgentPoller poller =
        new AgentPoller(
            settings(), "1", _ -> {}, full, () -> Polled.NOW, polled.refused::add, new EventTap());
    poller.start();
    assertThat(waits.await(30, TimeUnit.SECONDS)).isTrue();

    poller.close();

    assertThat(poller.selfMetrics().records()).isZero();
    assertThat(agent.askedPaths()).doesNotContain("/containers");
  }

  @Test
  void mayBeClosedByWhoeverIsToldThatTheCredentialIsRefused() throws Exception {
    agent.answer("/state", status(401, ""));
    BlockingQueue<String> refused = new LinkedBlockingQueue<>();
    AgentPoller[] itself = new AgentPoller[1];
    try (AgentPoller poller =
        new AgentPoller(
            settings(),
            "1",
            _ -> {},
            polled::accept,
            () -> Polled.NOW,
            message -> {
              itself[0].close();
              refused.add(message);
            },
            new EventTap())) {
      itself[0] = poller;
      poller.start();

      assertThat(refused.poll(30, TimeUnit.SECONDS)).contains("AUTH_CREDENTIAL");
    }
  }

  @Test
  void asksNothingMoreOnceItIsClosed() throws Exception {
    AgentClient answers =
        new AgentClient(settings(), "1", Optional.of("127.0.0.1"), Duration.ofSeconds(20));
    answers.close();

    assertThatThrownBy(() -> answers.open(AgentEndpoint.STATE))
        .isInstanceOf(IOException.class)
        .hasMessage("Canceled");
    assertThat(agent.asked()).isEmpty();
  }

  @Test
  void startsNothingOnceItIsClosed() throws Exception {
    AgentPoller poller = polled.poller(settings());
    poller.close();

    poller.start();

    assertThat(poller.selfMetrics().polls()).isZero();
    assertThat(agent.asked()).isEmpty();
  }
}
