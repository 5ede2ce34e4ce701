// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Ledger.SourceEntry;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.selfmetrics.SampleSelfMetrics;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.testing.FakeClock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A server on a port of its own whose answers are large or endless, and clients of it. */
final class ServerFixture implements AutoCloseable {
  final FakeClock clock = new FakeClock();

  /** How many answers of {@code /events} are being written. */
  final AtomicInteger copying = new AtomicInteger();

  /** Bytes of {@code /events} written to all clients. */
  final AtomicLong written = new AtomicLong();

  /** How many answers of {@code /fits} were written as a whole. */
  final AtomicInteger answered = new AtomicInteger();

  /** How many answers of {@code /held} are being written: none ends. */
  final AtomicInteger holding = new AtomicInteger();

  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<RawClient> clients = new ArrayList<>();
  private final List<HttpServer> servers = new ArrayList<>();

  @Override
  public void close() throws IOException {
    closing.countDown();
    for (RawClient client : clients) {
      client.close();
    }
    servers.forEach(HttpServer::close);
  }

  RawClient client(HttpServer server) throws IOException {
    RawClient client = RawClient.connect(server.port());
    clients.add(client);
    return client;
  }

  HttpServer start(LongSupplier nanoTime) throws IOException {
    var listening = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    return start(
        new HttpServer(listening, routes(), HttpConnections.MAX, HttpDeadlines.DEFAULT, nanoTime));
  }

  HttpServer start(HttpServer server) {
    servers.add(server);
    server.start();
    return server;
  }

  Routes routes() {
    var endpoint = new Endpoint("127.0.0.1", 0);
    var ledger = largeLedger();
    return new Routes(
        Map.of(
            "/events", new EventsPage(endpoint, Optional.empty(), this::copyForEver),
            "/fits", _ -> new Fitting(),
            "/held", _ -> new Held(),
            "/health", new HealthPage(() -> SampleHealth.WELL),
            "/ledger", new LedgerPage(() -> SampleSelfMetrics.idle(ledger), List::of),
            "/metrics", new MetricsPage(() -> SampleSelfMetrics.idle(ledger))),
        new AllowedHosts(endpoint, List.of()));
  }

  /** More than a client's receive buffer, less than the server's send buffer. */
  private final class Fitting implements Page.PageAnswer {
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

  /** An answer that is never complete, to a client that reads all of it. */
  private final class Held implements Page.PageAnswer {
    @Override
    public String contentType() {
      return "text/plain";
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      holding.incrementAndGet();
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the test ends");
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
          List.of(
              new SourceEntry(
                  "topic-" + i % 900 + "x".repeat(400), LedgerTerm.REJECTED_TOPIC, 1, 10)));
    }
    return ledger;
  }
}
