// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import com.sun.net.httpserver.HttpServer;
import dcos.metrics.collector.figures.Figures;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code /health}, {@code /metrics}, {@code /ledger} and {@code /events} over HTTP. It shows
 * no secret. Started and closed by one thread; the suppliers are called on many.
 */
public final class HttpEndpoint implements AutoCloseable {
  private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(30);

  /** The server's own bounds, which it reads once per process; properties already set are kept. */
  private static final Map<String, String> BOUNDS =
      Map.of(
          "jdk.httpserver.maxConnections", "64",
          "sun.net.httpserver.maxIdleConnections", "16",
          "sun.net.httpserver.idleInterval", "30",
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxReqHeaders", "64",
          "sun.net.httpserver.maxReqHeaderSize", "16384");

  private final Endpoint endpoint;
  private final Routes routes;
  // Owned by the thread that starts and closes.
  private @Nullable HttpServer server;
  private @Nullable ExecutorService requests;

  /**
   * @param hosts names that requests may have as their {@code Host}, beside those always allowed
   * @param token that requests for events must carry; empty: only this machine may request them
   * @param events writes what happens from now on to a stream, until that fails or the thread is
   *     interrupted
   */
  public HttpEndpoint(
      Endpoint endpoint,
      List<String> hosts,
      Optional<Settings.Secret> token,
      Supplier<Figures> figures,
      Supplier<Health> health,
      EventCopier events) {
    this(endpoint, hosts, token, figures, health, events, ANSWER_DEADLINE);
  }

  /** Writes events to a client. */
  @FunctionalInterface
  public interface EventCopier {
    void copyTo(OutputStream out) throws IOException, InterruptedException;
  }

  HttpEndpoint(
      Endpoint endpoint,
      List<String> hosts,
      Optional<Settings.Secret> token,
      Supplier<Figures> figures,
      Supplier<Health> health,
      EventCopier events,
      Duration answerDeadline) {
    this.endpoint = endpoint;
    this.routes =
        new Routes(
            Map.of(
                "/events", new EventsPage(endpoint, token, events),
                "/health", new HealthPage(health),
                "/ledger", new LedgerPage(figures),
                "/metrics", new MetricsPage(figures)),
            new AllowedHosts(endpoint, hosts),
            answerDeadline);
  }

  /**
   * Binds and answers from now on.
   *
   * @throws IOException in one line that names the endpoint, if it cannot be bound
   */
  public void start() throws IOException {
    BOUNDS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
    HttpServer bound = bind();
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 1).factory());
    bound.setExecutor(threads);
    bound.createContext("/", routes);
    bound.start();
    server = bound;
    requests = threads;
  }

  /**
   * The port that it listens on.
   *
   * @throws IllegalStateException if it does not
   */
  public int port() {
    HttpServer bound = server;
    if (bound == null) {
      throw new IllegalStateException("http-endpoint " + endpoint + " is not started");
    }
    return bound.getAddress().getPort();
  }

  /** Closes all connections, answered or not. Idempotent. */
  @Override
  public void close() {
    HttpServer bound = server;
    ExecutorService threads = requests;
    server = null;
    requests = null;
    if (bound != null) {
      bound.stop(0);
    }
    if (threads != null) {
      threads.shutdownNow();
    }
  }

  private HttpServer bind() throws IOException {
    InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
    if (address.isUnresolved()) {
      throw new IOException("http-endpoint " + endpoint + " can not be bound: host is unknown");
    }
    try {
      return HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new IOException(
          "http-endpoint " + endpoint + " can not be bound: " + e.getMessage(), e);
    }
  }
}
