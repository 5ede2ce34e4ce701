// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP/1.1 server (RFC 9110, RFC 9112) for GET and HEAD: one thread accepts connections and
 * closes late ones, and a virtual thread per connection answers one request. Started and closed by
 * one thread.
 */
final class HttpServer implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(HttpServer.class);

  /** How often late connections are looked for. */
  private static final Duration TICK = Duration.ofMillis(250);

  /** Keeps the loop from using a whole core while the process is out of file descriptors. */
  static final Duration PAUSE = Duration.ofMillis(100);

  /** How long a new connection waits for a place. */
  private static final Duration PLACE_WAIT = Duration.ofSeconds(1);

  private static final Duration PLACE_LOOK = Duration.ofMillis(10);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  /** Bounds what the system keeps for a client that does not read; Linux doubles it. */
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  private final ServerSocket listening;
  private final Routes routes;
  private final HttpDeadlines deadlines;
  private final LongSupplier nanoTime;
  private final Consumer<Duration> pause;
  private final HttpConnections connections;
  private final ExecutorService requests =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 1).factory());
  private final Thread acceptor =
      Thread.ofPlatform().daemon().name("http-accept").unstarted(this::run);
  // Written by close(), read by the acceptor.
  private volatile boolean closed;

  /**
   * Starts nothing.
   *
   * @param listening bound; owned by this server
   * @param maxConnections how many may be open, above zero
   * @param nanoTime a clock as {@link System#nanoTime}, for the deadlines
   */
  HttpServer(
      ServerSocket listening,
      Routes routes,
      int maxConnections,
      HttpDeadlines deadlines,
      LongSupplier nanoTime) {
    this(
        listening,
        routes,
        maxConnections,
        deadlines,
        nanoTime,
        time -> LockSupport.parkNanos(time.toNanos()));
  }

  /**
   * @param pause called with the time to wait after a connection could not be accepted
   */
  HttpServer(
      ServerSocket listening,
      Routes routes,
      int maxConnections,
      HttpDeadlines deadlines,
      LongSupplier nanoTime,
      Consumer<Duration> pause) {
    this.listening = listening;
    this.connections = new HttpConnections(maxConnections);
    this.routes = routes;
    this.deadlines = deadlines;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  void start() {
    acceptor.start();
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How many connections are open. */
  int connections() {
    return connections.size();
  }

  private void run() {
    while (!closed) {
      try {
        // Without connections there is nothing to look after.
        listening.setSoTimeout(connections.isEmpty() ? 0 : (int) TICK.toMillis());
        open(listening.accept());
      } catch (SocketTimeoutException _) {
        // A tick.
      } catch (IOException e) {
        if (!closed) {
          // Out of file descriptors, most likely: those without a request give theirs back.
          boolean freed = connections.closeStalled();
          logger
              .atWarn()
              .addKeyValue("cause", e.getMessage())
              .addKeyValue("freed", freed)
              .log("no HTTP connection accepted; retrying");
          pause.accept(PAUSE);
        }
      }
      connections.closeLate();
    }
  }

  private void open(Socket socket) throws IOException {
    HttpConnection connection;
    try {
      socket.setSendBufferSize(SEND_BUFFER_BYTES);
      socket.setTcpNoDelay(true);
      connection = new HttpConnection(socket, deadlines, nanoTime);
    } catch (IOException e) {
      socket.close(); // its client reset it already
      return;
    }
    if (!addInTime(connection)) {
      connection.reset();
      return;
    }
    requests.execute(() -> serve(connection));
  }

  /** Others wait in the system's queue meanwhile, and keep their order. */
  private boolean addInTime(HttpConnection connection) {
    long deadline = System.nanoTime() + PLACE_WAIT.toNanos();
    while (!closed) {
      if (connections.add(connection)) {
        return true;
      }
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      try {
        connections.awaitRemoval(PLACE_LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
      connections.closeLate();
    }
    return false;
  }

  private void serve(HttpConnection connection) {
    try (connection) {
      routes.serve(connection);
      connection.linger();
    } catch (IOException e) {
      // Clients may disconnect at any time.
      connection.reset();
      logger.atDebug().addKeyValue("cause", e.getMessage()).log("an HTTP connection ended early");
    } catch (RuntimeException e) {
      connection.reset();
      logger
          .atError()
          .setCause(e)
          .addKeyValue("peer", connection.peer())
          .addKeyValue("path", connection.path())
          .log("cannot answer an HTTP request");
    } finally {
      connections.remove(connection);
    }
  }

  /** Closes all connections, answered or not, and waits for their threads for at most 4 s. */
  @Override
  public void close() {
    closed = true;
    try {
      listening.close();
    } catch (IOException e) {
      logger.atWarn().addKeyValue("cause", e.getMessage()).log("listening socket did not close");
    }
    requests.shutdownNow();
    try {
      if (acceptor.isAlive()) {
        var _ = acceptor.join(CLOSE_LIMIT);
      }
      connections.closeAll();
      var _ = requests.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      connections.closeAll();
      Thread.currentThread().interrupt();
    }
  }
}
