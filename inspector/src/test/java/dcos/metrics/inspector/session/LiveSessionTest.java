// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.testkit.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveSessionTest {
  @TempDir private Path temp;
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void listensUntilItIsStopped() throws Exception {
    try (LiveSession session = session("127.0.0.1:0")) {
      session.start();
      Await.until("that it listens", () -> !told.isEmpty());
      assertThat(told).containsExactly("listening on " + session.endpoint());
      assertThat(session.endpoint().port()).isPositive();
      assertThat(session.isListening()).isTrue();
      assertThat(session.title()).isEqualTo("live " + session.endpoint());

      session.stop();

      assertThat(session.isListening()).isFalse();
    }
  }

  @Test
  void doesNotStartOnceItWasStopped() throws Exception {
    try (LiveSession session = session("127.0.0.1:0")) {
      session.stop();

      session.start();

      Await.until("that it has tried", LiveSessionTest::isNobodyStarting);
      assertThat(session.isListening()).isFalse();
      assertThat(told).isEmpty();
    }
  }

  @Test
  void reportsThatItsPortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LiveSession session = session("127.0.0.1:" + taken.getLocalPort())) {
      session.start();

      Await.until("the reason", () -> !told.isEmpty());
      assertThat(told.getFirst())
          .startsWith("port taken: listen-endpoint 127.0.0.1:" + taken.getLocalPort() + ": ");
    }
  }

  @Test
  void doesNotBlameThePortWhereTheHostIsUnknown() throws Exception {
    try (LiveSession session = session("nowhere.invalid:1")) {
      session.start();

      Await.until("the reason", () -> !told.isEmpty());
      assertThat(told.getFirst()).startsWith("not started: listen-endpoint nowhere.invalid:1: ");
    }
  }

  @Test
  void reportsWhatTheKafkaClientRefuses() throws Exception {
    Map<String, String> environment =
        Map.of(
            "AGENT_POLLING", "false",
            "LISTEN_ENDPOINT", "127.0.0.1:0",
            "KAFKA_BROKERS", "127.0.0.1:1",
            "KAFKA_OVERRIDE_BUFFER_MEMORY", "lots");
    try (var session = session(environment)) {
      session.start();

      Await.until("the reason", () -> !told.isEmpty());
      assertThat(told.getFirst())
          .isEqualTo(
              "not started: KAFKA_OVERRIDE_BUFFER_MEMORY=lots (kafka-property buffer.memory): must be"
                  + " a whole number from 0");
      assertThat(session.isListening()).isFalse();
    }
  }

  private static boolean isNobodyStarting() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("capture-start"));
  }

  private LiveSession session(String listen) throws Exception {
    return session(Map.of("KAFKA", "false", "AGENT_POLLING", "false", "LISTEN_ENDPOINT", listen));
  }

  private LiveSession session(Map<String, String> environment) throws Exception {
    OptionValues values = OptionValues.of(Map.of(), environment);
    return new LiveSession(values, "1", temp, new Told());
  }

  private final class Told implements Session.SessionListener {
    @Override
    public void started(LiveSession capture, StartResult result) {
      told.add(
          switch (result) {
            case StartResult.Listening(Endpoint endpoint) -> "listening on " + endpoint;
            case StartResult.NotStarted(String reason, StartResult.Cause cause) ->
                switch (cause) {
                  case PORT_TAKEN -> "port taken: " + reason;
                  case OTHER -> "not started: " + reason;
                };
          });
    }

    @Override
    public void failed(GrowingSession session, String reason) {
      told.add("failed: " + reason);
    }
  }
}
