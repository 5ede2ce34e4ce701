// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.testing.StandardError;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that are incomplete, malformed or too many, beside those of clients that behave. */
@Timeout(60)
class HostileClientsTest {
  private static final String HALF = "GET /health HTTP/1.1\r\nHost: localhost\r\n";

  private final ServerFixture http = new ServerFixture();

  @AfterEach
  void close() throws IOException {
    http.close();
  }

  @Test
  void healthAnswersBesideHundredsOfHalfSentRequests() throws Exception {
    HttpServer server = http.start(System::nanoTime);
    for (int i = 0; i < 300; i++) {
      http.client(server).send(HALF);
    }

    for (int i = 0; i < 11; i++) {
      assertThat(RawClient.get(server.port(), "/health")).startsWith("HTTP/1.1 200 OK\r\n");
    }
    assertThat(server.connections()).isLessThanOrEqualTo(HttpConnections.MAX);
  }

  @Test
  void aFloodOfNewConnectionsNeverTakesTheAnswerOfACompleteRequest() throws Exception {
    HttpServer server = http.start(System::nanoTime);
    var stop = new AtomicBoolean();
    Thread flood =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop.get()) {
                    try (RawClient client = RawClient.connect(server.port())) {
                      client.send(HALF);
                    } catch (IOException _) {
                      // Refused or reset, as it should be.
                    }
                  }
                });
    try {
      for (int i = 0; i < 50; i++) {
        assertThat(RawClient.get(server.port(), "/health")).endsWith("0\r\n\r\n");
      }
    } finally {
      stop.set(true);
      flood.join();
    }
  }

  @Test
  void aRequestThatIsNotCompleteInTimeIsClosed() throws Exception {
    HttpServer server = http.start(http.clock);
    RawClient slow = http.client(server);
    slow.send(HALF);
    Await.until("a connection", () -> server.connections() == 1);

    http.clock.advance(HttpDeadlines.DEFAULT.request().minusNanos(1));
    slow.send("A: b\r\n"); // progress does not extend the deadline
    assertThat(RawClient.get(server.port(), "/health")).contains("200 OK");
    assertThat(server.connections()).isPositive();

    http.clock.advance(Duration.ofSeconds(2));
    assertThat(slow.read()).isEqualTo(-1);
    Await.until("no connection", () -> server.connections() == 0);
  }

  @Test
  void pausesWhenNoConnectionCanBeAccepted() throws Exception {
    var listening = new FailingSocket();
    listening.failing.set(true);
    List<Duration> pauses = new CopyOnWriteArrayList<>();
    var resumed = new CountDownLatch(1);
    try (StandardError err = StandardError.captured()) {
      HttpServer server =
          http.start(
              new HttpServer(
                  listening,
                  http.routes(),
                  HttpConnections.MAX,
                  HttpDeadlines.DEFAULT,
                  http.clock,
                  time -> {
                    pauses.add(time);
                    awaitOrFail(resumed);
                  }));

      Await.until("a pause", () -> !pauses.isEmpty());
      // It waits as long as the pause lasts: nothing spins.
      assertThat(pauses).containsExactly(HttpServer.PAUSE);
      listening.failing.set(false);
      resumed.countDown();

      assertThat(RawClient.get(server.port(), "/health")).contains("200 OK");
      err.awaitLine("no HTTP connection accepted; retrying.*cause=\"Too many open files\"");
    }
  }

  @Test
  void closesHalfSentRequestsWhenNoConnectionCanBeAccepted() throws Exception {
    var listening = new FailingSocket();
    var noDeadline = Duration.ofDays(1);
    var deadlines = new HttpDeadlines(noDeadline, noDeadline, noDeadline, noDeadline);
    try (StandardError err = StandardError.captured()) {
      HttpServer server =
          http.start(
              new HttpServer(listening, http.routes(), HttpConnections.MAX, deadlines, http.clock));
      http.client(server).send(HALF);
      Await.until("a connection", () -> server.connections() == 1);

      listening.failing.set(true);

      Await.until(
          "no connection",
          () -> {
            http.clock.advance(HttpConnections.STALLED); // its bytes may have been read meanwhile
            return server.connections() == 0;
          });
      err.awaitLine("no HTTP connection accepted; retrying.*freed=true");
    }
  }

  @Test
  void answersOneRequestOfAPipelineAndClosesCleanly() throws Exception {
    HttpServer server = http.start(System::nanoTime);
    String get = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

    String answers = RawClient.exchange(server.port(), get + get + "garbage");

    assertThat(answers).containsOnlyOnce("HTTP/1.1 200 OK").containsOnlyOnce("Connection: close");
  }

  @Test
  void answersARefusedMethodThoughItsContentIsNotRead() throws Exception {
    HttpServer server = http.start(System::nanoTime);

    assertThat(
            RawClient.exchange(
                server.port(),
                "POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n"
                    + "x".repeat(60_000)))
        .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
        .endsWith("only GET and HEAD\n");
  }

  @Test
  void anHttp10ClientGetsTheBodyUntilTheEnd() throws Exception {
    HttpServer server = http.start(System::nanoTime);

    assertThat(RawClient.exchange(server.port(), "GET /health HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .doesNotContain("chunked")
        .endsWith("}\n");
  }

  @Test
  void aMalformedRequestIsAnsweredWithTheReason() throws Exception {
    HttpServer server = http.start(System::nanoTime);

    assertThat(RawClient.exchange(server.port(), "GET /health\r\n\r\n"))
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .endsWith("malformed request: the request line must be: method, target, version\n");
    assertThat(RawClient.exchange(server.port(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
        .startsWith("HTTP/1.1 505 ");
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** As if the process had no more file descriptors, while it is failing. */
  private static final class FailingSocket extends ServerSocket {
    private final AtomicBoolean failing = new AtomicBoolean();

    private FailingSocket() throws IOException {
      bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Override
    public Socket accept() throws IOException {
      if (failing.get()) {
        throw new SocketException("Too many open files");
      }
      return super.accept();
    }
  }
}
