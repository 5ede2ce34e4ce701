// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers GET and HEAD by exact path. A page answers at most a few requests at once and each within
 * a deadline, so that clients which read slowly or never hold little, not for long, and no other
 * page. Thread-safe.
 */
final class Routes implements HttpHandler {
  static final int MOST_AT_ONCE = 4;

  private static final Logger logger = LoggerFactory.getLogger(Routes.class);

  private final SortedMap<String, Route> routes = new TreeMap<>();
  private final AllowedHosts allowedHosts;
  private final Duration deadline;

  private record Route(Page page, Semaphore slots) {}

  /**
   * @param deadline within which a client must have taken its answer
   */
  Routes(Map<String, Page> pages, AllowedHosts allowedHosts, Duration deadline) {
    pages.forEach((path, page) -> routes.put(path, new Route(page, new Semaphore(MOST_AT_ONCE))));
    this.allowedHosts = allowedHosts;
    this.deadline = deadline;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Optional<String> refusal =
          allowedHosts.refusal(values(exchange, "Host"), values(exchange, "Origin"));
      Route route = routes.get(exchange.getRequestURI().getPath());
      if (refusal.isPresent()) {
        refuse(exchange, 403, refusal.get());
      } else if (route == null) {
        refuse(exchange, 404, "no such path; there are " + String.join(", ", routes.keySet()));
      } else if (!isRead(exchange)) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        refuse(exchange, 405, "only GET and HEAD");
      } else if (!route.slots().tryAcquire()) {
        exchange.getResponseHeaders().set("Retry-After", "1");
        refuse(exchange, 503, "too many requests at once");
      } else {
        try {
          answerInTime(exchange, route.page());
        } finally {
          route.slots().release();
        }
      }
    } catch (RuntimeException e) {
      // The exchange is closed by now; the client gets no further answer.
      logger
          .atError()
          .setCause(e)
          .addKeyValue("path", exchange.getRequestURI().getPath())
          .log("can not answer an HTTP request");
    }
  }

  private static List<String> values(HttpExchange exchange, String header) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().get(header), List.of());
  }

  /** A blocked write ends only by an interrupt, which closes the connection. */
  private void answerInTime(HttpExchange exchange, Page page) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    Page.Answer answer = page.answer(Objects.requireNonNullElse(authorization, ""));
    if (answer.isEndless()) {
      answer(exchange, answer);
      return;
    }
    Thread writer = Thread.currentThread();
    CountDownLatch answered = new CountDownLatch(1);
    Thread.ofVirtual().name("http-deadline").start(() -> interruptLate(writer, answered));
    try {
      answer(exchange, answer);
    } finally {
      answered.countDown();
    }
  }

  private void interruptLate(Thread writer, CountDownLatch answered) {
    try {
      if (!answered.await(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        writer.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, Page.Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (isHead(exchange)) {
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    // Of a length that is not known before: sent as it is made.
    exchange.sendResponseHeaders(answer.status(), 0);
    try (OutputStream body = exchange.getResponseBody()) {
      answer.writeTo(body);
    }
  }

  private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    byte[] line = (why + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    if (isHead(exchange)) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, line.length);
    exchange.getResponseBody().write(line);
  }

  private static boolean isRead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET") || isHead(exchange);
  }

  private static boolean isHead(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("HEAD");
  }
}
