// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP server on 127.0.0.1 that answers like a part of a cluster until it is told otherwise,
 * and remembers what it was asked. Thread-safe.
 */
public abstract sealed class StandInServer implements AutoCloseable
    permits StandInAgent, StandInFramework {
  private final @Nullable SSLContext tls;
  private final int preferredPort;
  private final Map<String, Answer> told = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final LinkedBlockingQueue<Request> arrivals = new LinkedBlockingQueue<>();

  // Both guarded by this.
  private @Nullable HttpServer server;
  private @Nullable ExecutorService workers;

  /** A response: its status and its body, which is JSON as a rule. */
  public record Answer(int status, String body) {}

  /**
   * What was asked.
   *
   * @param path without a query
   * @param headers names in any case
   */
  public record Request(String method, String path, Map<String, String> headers) {
    /** A header's value; nothing where it was not sent. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  StandInServer(int preferredPort, @Nullable SSLContext tls) {
    this.preferredPort = preferredPort;
    this.tls = tls;
  }

  /** What it answers by itself. */
  abstract Answer usualAnswer(Request request);

  /** Begins to listen. */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), preferredPort);
      HttpServer starting;
      if (tls == null) {
        starting = HttpServer.create(address, 0);
      } else {
        HttpsServer secure = HttpsServer.create(address, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        starting = secure;
      }
      workers =
          Executors.newThreadPerTaskExecutor(
              Thread.ofVirtual().name("stand-in-http-", 0).factory());
      starting.setExecutor(workers);
      starting.createContext("/", this::handle);
      starting.start();
      server = starting;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port it listens on; only after {@link #start}. */
  public synchronized int port() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server.getAddress().getPort();
  }

  /** From now on answers this for a path, whatever else it would say. */
  public void answer(String path, int status, String body) {
    told.put(path, new Answer(status, body));
  }

  /** Answers by itself again for a path. */
  public void answerAsUsual(String path) {
    told.remove(path);
  }

  /** Answers nothing for a path until the latch that it returns is counted down. */
  public CountDownLatch hold(String path) {
    var latch = new CountDownLatch(1);
    held.put(path, latch);
    return latch;
  }

  /** Everything that was asked so far, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Waits for the next request that was not taken yet; nothing when none came in time. */
  public Optional<Request> takeRequest(Duration patience) throws InterruptedException {
    return Optional.ofNullable(arrivals.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Stops listening, cuts requests under way. Idempotent. */
  @Override
  public synchronized void close() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
    if (workers != null) {
      workers.shutdownNow();
      workers = null;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      var request =
          new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers);
      requests.add(request);
      arrivals.add(request);
      CountDownLatch latch = held.get(request.path());
      if (latch != null) {
        latch.await();
      }
      Answer overriding = told.get(request.path());
      Answer answer = overriding == null ? usualAnswer(request) : overriding;
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException _) { // Closed while it held the answer.
      Thread.currentThread().interrupt();
    }
  }
}
