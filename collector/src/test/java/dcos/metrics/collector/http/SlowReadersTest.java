// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.testing.StandardError;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not read their answers, or slowly, beside clients that do. */
@Timeout(60)
class SlowReadersTest {
  private final ServerFixture http = new ServerFixture();

  @AfterEach
  void close() throws IOException {
    http.close();
  }

  @Test
  void aClientThatDoesNotCloseAfterTheAnswerIsClosed() throws Exception {
    HttpServer server = http.start(http.clock);
    RawClient client = http.client(server);
    client.sendGet("/health");
    assertThat(client.readAll()).endsWith("0\r\n\r\n");
    assertThat(server.connections()).isEqualTo(1);

    http.clock.advance(HttpDeadlines.DEFAULT.linger());
    Await.until("no connection", () -> server.connections() == 0);
  }

  @Test
  void aCompleteAnswerArrivesThoughTheClientReadsItLate() throws Exception {
    HttpServer server = http.start(http.clock);
    RawClient client = http.client(server);
    client.sendGet("/fits");
    Await.until("an answer", () -> http.answered.get() == 1);

    Await.until(
        "no connection",
        () -> {
          http.clock.advance(HttpDeadlines.DEFAULT.linger().dividedBy(10));
          return server.connections() == 0;
        });
    assertThat(client.readAll()).endsWith("0\r\n\r\n");
  }

  @Test
  void aCompleteAnswerArrivesThoughANewConnectionNeedsItsPlace() throws Exception {
    HttpServer server = http.start(System::nanoTime);
    List<RawClient> late = new ArrayList<>();
    for (int i = 0; i < HttpConnections.MAX_UNANSWERED; i++) {
      RawClient client = http.client(server);
      client.sendGet("/fits");
      late.add(client);
    }
    Await.until("answers", () -> http.answered.get() == HttpConnections.MAX_UNANSWERED);

    assertThat(RawClient.get(server.port(), "/health")).endsWith("0\r\n\r\n");
    for (RawClient client : late) {
      assertThat(client.readAll()).endsWith("0\r\n\r\n");
    }
  }

  @Test
  void hundredsOfScrapersThatDoNotReadDoNotKeepAScrapeFromItsAnswer() throws Exception {
    HttpServer server = http.start(System::nanoTime);
    var stop = new AtomicBoolean();
    List<Thread> silent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      silent.add(Thread.ofVirtual().start(() -> scrapeWithoutReading(server, stop)));
    }
    try {
      Await.until("most of them wait", () -> server.connections() > 200);
      for (int i = 0; i < 5; i++) {
        String answer = answerOf(server, "/metrics");
        assertThat(answer.substring(0, Math.min(40, answer.length())))
            .startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(answer.length()).isGreaterThan(1_500_000);
        assertThat(answer.substring(answer.length() - 10)).endsWith("\r\n0\r\n\r\n");
        assertThat(RawClient.get(server.port(), "/health")).contains("200 OK");
      }
    } finally {
      stop.set(true);
      for (Thread thread : silent) {
        thread.join();
      }
    }
  }

  @Test
  void healthAnswersBesideHundredsThatWaitForALargePage() throws Exception {
    HttpServer server = http.start(System::nanoTime);
    for (int i = 0; i < 300; i++) {
      http.client(server).sendGet("/held");
    }
    Await.until("they wait", () -> server.connections() > 2 * HttpConnections.MAX_UNANSWERED);

    assertThat(RawClient.get(server.port(), "/health")).endsWith("0\r\n\r\n");
    assertThat(http.holding.get()).isPositive();
  }

  @Test
  void aNewScrapeTakesThePlaceOfTheSlowestReader() throws Exception {
    HttpServer server = http.start(System::nanoTime);
    List<RawClient> slow = new ArrayList<>();
    try (StandardError err = StandardError.captured()) {
      for (int i = 0; i < 4; i++) {
        RawClient client = http.client(server);
        client.sendGet("/ledger");
        assertThat(client.read()).isEqualTo('H');
        slow.add(client);
      }
      // Until the answers of those that do not read are too old to be shared.
      Await.until(
          "an evicted client",
          () -> {
            assertThat(answerOf(server, "/ledger"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("0\r\n\r\n");
            return server.connections() < slow.size();
          });
      assertThat(RawClient.get(server.port(), "/metrics")).contains("200 OK");
      assertThat(RawClient.get(server.port(), "/health")).contains("200 OK");

      assertThat(
              err.awaitLine("HTTP client reads slowly and others wait; disconnected.*path=/ledger"))
          .contains("WARN");
    }
    // Which of them it was depends on when their writes began to wait.
    assertThat(slow).anySatisfy(client -> assertThat(client.readAll()).doesNotEndWith("0\r\n\r\n"));
  }

  @Test
  void anEventClientThatReadsNothingIsDisconnectedAndFreesItsSlot() throws Exception {
    HttpServer server = http.start(http.clock);
    try (StandardError err = StandardError.captured()) {
      for (int i = 0; i < HttpEndpoint.MAX_EVENT_CLIENTS; i++) {
        RawClient client = http.client(server);
        client.sendGet("/events");
      }
      Await.until("four copies", () -> http.copying.get() == HttpEndpoint.MAX_EVENT_CLIENTS);
      assertThat(RawClient.get(server.port(), "/events")).contains("503", "Retry-After: 1");
      assertThat(RawClient.get(server.port(), "/health")).contains("200 OK");

      // In steps: a write that still finds room in the system's buffers has a new deadline.
      Await.until(
          "no copy",
          () -> {
            http.clock.advance(HttpDeadlines.DEFAULT.progress());
            return http.copying.get() == 0;
          });

      err.awaitLine("HTTP client did not read its answer in time; disconnected.*path=/events");
    }
    RawClient next = http.client(server);
    next.sendGet("/events");
    assertThat(next.read()).isEqualTo('H');
  }

  @Test
  void anEventClientThatReadsSlowlyStays() throws Exception {
    HttpServer server = http.start(http.clock);
    RawClient client = http.client(server);
    client.sendGet("/events");
    for (int i = 0; i < 200; i++) {
      for (int read = 0; read < 20_000; read++) {
        assertThat(client.read()).isNotEqualTo(-1);
      }
      http.clock.advance(HttpDeadlines.DEFAULT.progress().dividedBy(40));
    }
    assertThat(http.copying.get()).isEqualTo(1);
  }

  @Test
  void anEventClientThatReadsLessThanTheSystemBuffersStays() throws Exception {
    HttpServer server = http.start(http.clock);
    RawClient client = http.client(server);
    client.sendGet("/events");
    for (int i = 0; i < 100; i++) {
      long before = http.written.get();
      for (int read = 0; read < 24_000; read++) {
        assertThat(client.read()).isNotEqualTo(-1);
      }
      Await.until("a write that continues", () -> http.written.get() > before);
      http.clock.advance(HttpDeadlines.DEFAULT.progress().multipliedBy(9).dividedBy(10));
    }
    assertThat(http.copying.get()).isEqualTo(1);
  }

  @Test
  void aClosedServerEndsEveryAnswer() throws Exception {
    HttpServer server = http.start(System::nanoTime);
    RawClient client = http.client(server);
    client.sendGet("/events");
    Await.until("a copy", () -> http.copying.get() == 1);

    server.close();

    assertThat(http.copying.get()).isZero();
    assertThat(server.connections()).isZero();
  }

  private static String answerOf(HttpServer server, String path) {
    try (var client = new RawClient(server.port(), 1 << 20)) {
      client.sendGet(path);
      return client.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects again whenever the server has disconnected it. */
  private static void scrapeWithoutReading(HttpServer server, AtomicBoolean stop) {
    while (!stop.get()) {
      try (RawClient client = RawClient.connect(server.port())) {
        client.sendGet("/metrics");
        while (!stop.get()) {
          LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
          client.send("x"); // fails after a reset
        }
      } catch (IOException _) {
        // Disconnected, as it should be.
      }
    }
  }
}
