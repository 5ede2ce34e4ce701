// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.figures.SampleFigures;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Ledger.Entry;
import dcos.metrics.collector.ledger.Term;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.testing.Await;
import dcos.metrics.collector.testing.FakeClock;
import dcos.metrics.collector.testing.StandardError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send half a request, or do not read, beside clients that behave. */
@Timeout(60)
class HostileClientsTest {
  private static final String HALF = "GET /health HTTP/1.1\r\nHost: localhost\r\n";
  private static final Health WELL =
      new Health(Optional.empty(), Health.Kafka.UP, Instant.EPOCH, false, Optional.empty());

  private final FakeClock clock = new FakeClock();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final AtomicInteger copying = new AtomicInteger();
  private final AtomicLong written = new AtomicLong();
  private final AtomicInteger answered = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
  }

  @Test
  void healthAnswersBesideHundredsOfHalfSentRequests() throws Exception {
    Server server = start(System::nanoTime);
    for (int i = 0; i < 300; i++) {
      client(server).send(HALF);
    }

    for (int i = 0; i < 11; i++) {
      assertThat(RawClient.get(server.port(), "/health")).startsWith("HTTP/1.1 200 OK\r\n");
    }
    assertThat(server.connections()).isLessThanOrEqualTo(Connections.MAX);
  }

  @Test
  void aFloodOfNewConnectionsNeverTakesTheAnswerOfACompleteRequest() throws Exception {
    Server server = start(System::nanoTime);
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
    Server server = start(clock);
    RawClient slow = client(server);
    slow.send(HALF);
    Await.until("a connection", () -> server.connections() == 1);

    clock.advance(Deadlines.DEFAULT.request().minusNanos(1));
    slow.send("A: b\r\n"); // progress does not extend the deadline
    assertThat(RawClient.get(server.port(), "/health")).contains("200 OK");
    assertThat(server.connections()).isPositive();

    clock.advance(Duration.ofSeconds(2));
    assertThat(slow.read()).isEqualTo(-1);
    Await.until("no connection", () -> server.connections() == 0);
  }

  @Test
  void aClientThatDoesNotCloseAfterTheAnswerIsClosed() throws Exception {
    Server server = start(clock);
    RawClient client = client(server);
    client.sendGet("/health");
    assertThat(client.readAll()).endsWith("0\r\n\r\n");
    assertThat(server.connections()).isEqualTo(1);

    clock.advance(Deadlines.DEFAULT.linger());
    Await.until("no connection", () -> server.connections() == 0);
  }

  @Test
  void aCompleteAnswerArrivesThoughTheClientReadsItLate() throws Exception {
    Server server = start(clock);
    RawClient client = client(server);
    client.sendGet("/fits");
    Await.until("an answer", () -> answered.get() == 1);

    Await.until(
        "no connection",
        () -> {
          clock.advance(Deadlines.DEFAULT.linger().dividedBy(10));
          return server.connections() == 0;
        });
    assertThat(client.readAll()).endsWith("0\r\n\r\n");
  }

  @Test
  void aCompleteAnswerArrivesThoughANewConnectionNeedsItsPlace() throws Exception {
    Server server = start(System::nanoTime);
    List<RawClient> late = new ArrayList<>();
    for (int i = 0; i < Connections.MAX; i++) {
      RawClient client = client(server);
      client.sendGet("/fits");
      late.add(client);
    }
    Await.until("answers", () -> answered.get() == Connections.MAX);

    assertThat(RawClient.get(server.port(), "/health")).endsWith("0\r\n\r\n");
    for (RawClient client : late) {
      assertThat(client.readAll()).endsWith("0\r\n\r\n");
    }
  }

  @Test
  void hundredsOfScrapersThatDoNotReadDoNotKeepAScrapeFromItsAnswer() throws Exception {
    Server server = start(System::nanoTime);
    var stop = new AtomicBoolean();
    List<Thread> silent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      silent.add(Thread.ofVirtual().start(() -> scrapeWithoutReading(server, stop)));
    }
    try {
      Await.until("all places taken", () -> server.connections() == Connections.MAX);
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
  void aNewScrapeTakesThePlaceOfTheSlowestReader() throws Exception {
    Server server = start(System::nanoTime);
    List<RawClient> slow = new ArrayList<>();
    try (StandardError err = StandardError.captured()) {
      for (int i = 0; i < 4; i++) {
        RawClient client = client(server);
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
    assertThat(slow.getFirst().readAll()).doesNotEndWith("0\r\n\r\n");
  }

  @Test
  void anEventClientThatReadsNothingIsDisconnectedAndFreesItsSlot() throws Exception {
    Server server = start(clock);
    try (StandardError err = StandardError.captured()) {
      for (int i = 0; i < HttpEndpoint.MAX_EVENT_CLIENTS; i++) {
        RawClient client = client(server);
        client.sendGet("/events");
      }
      Await.until("four copies", () -> copying.get() == HttpEndpoint.MAX_EVENT_CLIENTS);
      assertThat(RawClient.get(server.port(), "/events")).contains("503", "Retry-After: 1");
      assertThat(RawClient.get(server.port(), "/health")).contains("200 OK");

      // In steps: a write that still finds room in the system's buffers has a new deadline.
      Await.until(
          "no copy",
          () -> {
            clock.advance(Deadlines.DEFAULT.progress());
            return copying.get() == 0;
          });

      err.awaitLine("HTTP client did not read its answer in time; disconnected.*path=/events");
    }
    RawClient next = client(server);
    next.sendGet("/events");
    assertThat(next.read()).isEqualTo('H');
  }

  @Test
  void anEventClientThatReadsSlowlyStays() throws Exception {
    Server server = start(clock);
    RawClient client = client(server);
    client.sendGet("/events");
    for (int i = 0; i < 200; i++) {
      for (int read = 0; read < 20_000; read++) {
        assertThat(client.read()).isNotEqualTo(-1);
      }
      clock.advance(Deadlines.DEFAULT.progress().dividedBy(40));
    }
    assertThat(copying.get()).isEqualTo(1);
  }

  @Test
  void anEventClientThatReadsLessThanTheSystemBuffersStays() throws Exception {
    Server server = start(clock);
    RawClient client = client(server);
    client.sendGet("/events");
    for (int i = 0; i < 100; i++) {
      long before = written.get();
      for (int read = 0; read < 24_000; read++) {
        assertThat(client.read()).isNotEqualTo(-1);
      }
      Await.until("a write that continues", () -> written.get() > before);
      clock.advance(Deadlines.DEFAULT.progress().multipliedBy(9).dividedBy(10));
    }
    assertThat(copying.get()).isEqualTo(1);
  }

  @Test
  void aClosedServerEndsEveryAnswer() throws Exception {
    Server server = start(System::nanoTime);
    RawClient client = client(server);
    client.sendGet("/events");
    Await.until("a copy", () -> copying.get() == 1);

    server.close();

    assertThat(copying.get()).isZero();
    assertThat(server.connections()).isZero();
  }

  @Test
  void pausesWhenNoConnectionCanBeAccepted() throws Exception {
    var failing = new AtomicBoolean(true);
    List<Duration> pauses = new CopyOnWriteArrayList<>();
    var resumed = new CountDownLatch(1);
    ServerSocket listening =
        new ServerSocket() {
          @Override
          public Socket accept() throws IOException {
            if (failing.get()) {
              throw new SocketException("Too many open files");
            }
            return super.accept();
          }
        };
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (StandardError err = StandardError.captured()) {
      Server server =
          start(
              new Server(
                  listening,
                  routes(),
                  Deadlines.DEFAULT,
                  clock,
                  time -> {
                    pauses.add(time);
                    awaitOrFail(resumed);
                  }));

      Await.until("a pause", () -> !pauses.isEmpty());
      // It waits as long as the pause lasts: nothing spins.
      assertThat(pauses).containsExactly(Server.PAUSE);
      failing.set(false);
      resumed.countDown();

      assertThat(RawClient.get(server.port(), "/health")).contains("200 OK");
      err.awaitLine("no HTTP connection accepted; retrying.*cause=\"Too many open files\"");
    }
  }

  @Test
  void answersOneRequestOfAPipelineAndClosesCleanly() throws Exception {
    Server server = start(System::nanoTime);
    String get = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

    String answers = RawClient.exchange(server.port(), get + get + "garbage");

    assertThat(answers).containsOnlyOnce("HTTP/1.1 200 OK").containsOnlyOnce("Connection: close");
  }

  @Test
  void answersARefusedMethodThoughItsContentIsNotRead() throws Exception {
    Server server = start(System::nanoTime);

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
    Server server = start(System::nanoTime);

    assertThat(RawClient.exchange(server.port(), "GET /health HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .doesNotContain("chunked")
        .endsWith("}\n");
  }

  @Test
  void aMalformedRequestIsAnsweredWithTheReason() throws Exception {
    Server server = start(System::nanoTime);

    assertThat(RawClient.exchange(server.port(), "GET /health\r\n\r\n"))
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .endsWith("malformed request: the request line must be: method, target, version\n");
    assertThat(RawClient.exchange(server.port(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
        .startsWith("HTTP/1.1 505 ");
  }

  private RawClient client(Server server) throws IOException {
    RawClient client = RawClient.connect(server.port());
    opened.add(client);
    return client;
  }

  private Server start(LongSupplier nanoTime) throws IOException {
    var listening = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    return start(new Server(listening, routes(), Deadlines.DEFAULT, nanoTime));
  }

  private Server start(Server server) {
    opened.add(server);
    server.start();
    return server;
  }

  private Routes routes() {
    var endpoint = new Endpoint("127.0.0.1", 0);
    var ledger = largeLedger();
    return new Routes(
        Map.of(
            "/events", new EventsPage(endpoint, Optional.empty(), this::copyForEver),
            "/fits", _ -> new Fitting(),
            "/health", new HealthPage(() -> WELL),
            "/ledger", new LedgerPage(() -> SampleFigures.idle(ledger)),
            "/metrics", new MetricsPage(() -> SampleFigures.idle(ledger))),
        new AllowedHosts(endpoint, List.of()));
  }

  /** More than a client's receive buffer, less than the server's send buffer. */
  private final class Fitting implements Page.Answer {
    @Override
    public String contentType() {
      return "text/plain";
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write("x".repeat(100_000).getBytes(UTF_8));
      out.flush();
      answered.incrementAndGet();
    }
  }

  private static String answerOf(Server server, String path) {
    try (var client = new RawClient(server.port(), 1 << 20)) {
      client.sendGet(path);
      return client.readAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects again whenever the server has disconnected it. */
  private static void scrapeWithoutReading(Server server, AtomicBoolean stop) {
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

  private void copyForEver(OutputStream out) throws IOException {
    copying.incrementAndGet();
    try {
      byte[] some = "event".repeat(1000).getBytes(UTF_8);
      while (true) {
        out.write(some);
        out.flush();
        written.addAndGet(some.length);
      }
    } finally {
      copying.decrementAndGet();
    }
  }

  /** Megabytes of JSON: more than the buffers of a connection. */
  private static Ledger largeLedger() {
    var ledger = new Ledger();
    for (int i = 0; i < 3000; i++) {
      ledger.receive(
          ledger.open("tcp 127.0.0.1:" + i),
          List.of(new Entry("topic-" + i % 900 + "x".repeat(400), Term.REJECTED_TOPIC, 1, 10)));
    }
    return ledger;
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
