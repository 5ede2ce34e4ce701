// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code /health}, {@code /metrics}, {@code /ledger} and {@code /events} over HTTP. It shows
 * no secret. Started and closed by one thread.
 */
public final class HttpEndpoint implements AutoCloseable {
  /** How many clients may read {@code /events} at once. */
  public static final int MAX_EVENT_CLIENTS = 4;

  /** How many connections may wait in the system's queue: more than a flood of hundreds. */
  private static final int BACKLOG = 512;

  /** Bounds what the system keeps of a request, which is small. */
  private static final int RECEIVE_BUFFER_BYTES = 16 * 1024;

  private final Endpoint endpoint;
  private final int maxConnections;
  private final Routes routes;
  private final HttpDeadlines deadlines;
  private final LongSupplier nanoTime;
  // Owned by the thread that starts and closes.
  private @Nullable HttpServer server;

  /** How many connections it has at most, if the process may have as many descriptors. */
  public static final int MAX_CONNECTIONS = HttpConnections.MAX;

  /**
   * @param maxConnections how many may be open, above zero
   * @param hosts names that requests may have as their {@code Host}, beside those always allowed
   * @param token that requests for events must carry; empty: only this machine may request them
   * @param content what the pages show
   */
  public HttpEndpoint(
      Endpoint endpoint,
      int maxConnections,
      List<String> hosts,
      Optional<Settings.Secret> token,
      PageContent content) {
    this(endpoint, maxConnections, hosts, token, content, HttpDeadlines.DEFAULT, System::nanoTime);
  }

  /**
   * @param nanoTime a clock as {@link System#nanoTime}, for the deadlines
   */
  HttpEndpoint(
      Endpoint endpoint,
      int maxConnections,
      List<String> hosts,
      Optional<Settings.Secret> token,
      PageContent content,
      HttpDeadlines deadlines,
      LongSupplier nanoTime) {
    this.endpoint = endpoint;
    this.maxConnections = maxConnections;
    this.routes =
        new Routes(
            Map.of(
                "/events", new EventsPage(endpoint, token, content.events()),
                "/health", new HealthPage(content.health()),
                "/ledger", new LedgerPage(content.selfMetrics(), content.waitingTopics()),
                "/metrics", new MetricsPage(content.selfMetrics())),
            new AllowedHosts(endpoint, hosts));
    this.deadlines = deadlines;
    this.nanoTime = nanoTime;
  }

  /**
   * Binds and answers from now on.
   *
   * @throws IOException in one line that names the endpoint, if it cannot be bound
   */
  public void start() throws IOException {
    var started = new HttpServer(bind(), routes, maxConnections, deadlines, nanoTime);
    started.start();
    server = started;
  }

  /**
   * The port that it listens on.
   *
   * @throws IllegalStateException if it does not
   */
  public int port() {
    HttpServer started = server;
    if (started == null) {
      throw new IllegalStateException("http-endpoint " + endpoint + " is not started");
    }
    return started.port();
  }

  /** Closes all connections, answered or not. Takes at most a few seconds. Idempotent. */
  @Override
  public void close() {
    HttpServer started = server;
    server = null;
    if (started != null) {
      started.close();
    }
  }

  private ServerSocket bind() throws IOException {
    InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
    if (address.isUnresolved()) {
      throw new IOException("http-endpoint " + endpoint + " can not be bound: host is unknown");
    }
    var listening = new ServerSocket();
    try {
      listening.setReuseAddress(true);
      listening.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
      listening.bind(address, BACKLOG);
      return listening;
    } catch (IOException e) {
      listening.close();
      throw new IOException(
          "http-endpoint " + endpoint + " can not be bound: " + e.getMessage(), e);
    }
  }
}
