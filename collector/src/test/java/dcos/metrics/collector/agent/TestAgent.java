// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static dcos.metrics.collector.settings.Options.AGENT_IP_COMMAND;
import static dcos.metrics.collector.settings.Options.AGENT_PORT;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dcos.metrics.collector.settings.TestSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Mesos agent on a port of its own, answering what a test says. */
final class TestAgent implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A request that came in. */
  record Asked(String method, String path, Headers headers) {}

  /** Answers one request. */
  @FunctionalInterface
  interface Answer {
    void send(HttpExchange exchange) throws IOException;
  }

  /** Writes a body piece by piece. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** All three paths answer with as little as is valid. */
  TestAgent() {
    this(onFreePort());
  }

  TestAgent(HttpServer server) {
    this.server = server;
    answer("/state", json("{\"id\": \"S1\"}"));
    answer("/metrics/snapshot", json("{}"));
    answer("/containers", json("[]"));
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private static HttpServer onFreePort() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on the loopback", e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Settings to poll it with. */
  TestSettings settings() {
    return settings(port());
  }

  /** Settings to poll an agent at a port of this machine with. */
  static TestSettings settings(int port) {
    return TestSettings.defaults().with(AGENT_IP_COMMAND, "echo 127.0.0.1").with(AGENT_PORT, port);
  }

  void answer(String path, Answer answer) {
    answers.put(path, answer);
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  List<String> askedPaths() {
    return asked.stream().map(Asked::path).toList();
  }

  static Answer json(String text) {
    return status(200, text);
  }

  static Answer status(int status, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return exchange -> {
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  static Answer streamed(Body body) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      body.writeTo(exchange.getResponseBody());
    };
  }

  /** Idempotent. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(new Asked(exchange.getRequestMethod(), path, exchange.getRequestHeaders()));
      answers.getOrDefault(path, status(404, "")).send(exchange);
    }
  }
}
