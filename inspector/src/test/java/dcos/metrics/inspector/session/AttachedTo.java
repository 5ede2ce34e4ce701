// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A session that is attached to a server of recorded bytes. */
final class AttachedTo {
  private AttachedTo() {}

  /** What to check of a recording that an attached session has read to its end. */
  interface Check {
    void of(Recording recording) throws IOException;
  }

  /** Serves bytes as a collector's {@code /events} would, and reads them to their end. */
  static void theEndOf(byte[] events, Path temp, Check check) throws IOException {
    events(
        events,
        temp,
        new CountDownLatch(0),
        (session, ended) -> {
          Await.until("its end", () -> !ended.texts.isEmpty() && session.recording().isSettled());
          assertThat(ended.texts)
              .singleElement()
              .asString()
              .matches("no longer attached to 127.0.0.1:\\d+: it has ended");
          check.of(session.recording());
        });
  }

  /** What to do with a session that is attached. */
  interface Use {
    void of(AttachedSession session, Ended ended) throws IOException;
  }

  /**
   * Serves bytes as a collector's {@code /events} would.
   *
   * @param mayEnd when the stream ends
   */
  static void events(byte[] events, Path temp, CountDownLatch mayEnd, Use use) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/events",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            out.write(events);
            out.flush();
            mayEnd.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    var ended = new Ended();
    var collector = new Endpoint("127.0.0.1", server.getAddress().getPort());
    try (var session = new AttachedSession(collector, Optional.empty(), temp, ended)) {
      session.start();
      use.of(session, ended);
    } finally {
      server.stop(0);
    }
  }

  static final class Ended implements Session.SessionListener {
    final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public void started(LiveSession capture, StartResult result) {
      texts.add("started: " + result);
    }

    @Override
    public void failed(GrowingSession session, String reason) {
      texts.add(reason);
    }
  }
}
