// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import dcos.metrics.collector.settings.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes connections out of the system's queue, on a thread of its own. Thread-safe. */
final class Acceptor implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Acceptor.class);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Endpoint listen;
  private final ConnectionTaker taker;
  private final BooleanSupplier makeRoom;
  private final ServerSocket server;
  private final Thread thread = new Thread(this::run, "tcp-accept");
  // Written by close(), read by the thread.
  private volatile boolean closed;
  // Where our own connection comes from, behind which there is none; written by drain().
  private volatile @Nullable SocketAddress last;

  /** Takes a connection over. */
  @FunctionalInterface
  interface ConnectionTaker {
    void take(Socket socket) throws IOException;
  }

  /**
   * Starts nothing.
   *
   * @param makeRoom closes a connection nobody needs, if there is one, when none can be accepted:
   *     most likely the process is out of file descriptors
   */
  Acceptor(Endpoint listen, ConnectionTaker taker, BooleanSupplier makeRoom) {
    this(listen, taker, makeRoom, unbound());
  }

  Acceptor(Endpoint listen, ConnectionTaker taker, BooleanSupplier makeRoom, ServerSocket server) {
    this.server = server;
    this.listen = listen;
    this.taker = taker;
    this.makeRoom = makeRoom;
  }

  /**
   * Takes the port.
   *
   * @param queued how many connections may wait in the system's queue
   * @throws IOException if the endpoint is not free or not ours; its message names the option
   */
  void bind(int queued) throws IOException {
    try {
      server.setReuseAddress(true);
      InetAddress address = InetAddress.getByName(listen.host());
      server.bind(new InetSocketAddress(address, listen.port()), queued);
    } catch (IOException e) {
      throw new IOException("listen-endpoint " + listen + ": " + e.getMessage(), e);
    }
  }

  void start() {
    thread.start();
  }

  /** Where it listens: the port that was picked, where 0 was asked for. */
  Endpoint endpoint() {
    return new Endpoint(listen.host(), server.getLocalPort());
  }

  /**
   * Takes the connections that wait in the system's queue, whose senders know nothing of that, and
   * then no more.
   */
  void drain(Duration timeout) {
    if (thread.isAlive()) {
      int millis = Math.max(1, (int) timeout.toMillis());
      InetAddress bound = server.getInetAddress();
      InetAddress here = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
      // The queue is in order: when our own connection comes out of it, it is empty.
      try (var own = new Socket()) {
        own.bind(new InetSocketAddress(here, 0));
        last = own.getLocalSocketAddress();
        own.connect(new InetSocketAddress(here, server.getLocalPort()), millis);
        var _ = thread.join(timeout);
      } catch (IOException e) {
        logger.atDebug().addKeyValue("cause", e.getMessage()).log("queue was not emptied");
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    close();
  }

  private void run() {
    while (!closed) {
      try {
        Socket socket = server.accept();
        if (socket.getRemoteSocketAddress().equals(last)) {
          socket.close();
          return;
        }
        taker.take(socket);
      } catch (IOException e) {
        if (!closed) {
          boolean freed = makeRoom.getAsBoolean();
          logger
              .atWarn()
              .addKeyValue("cause", e.getMessage())
              .addKeyValue("freed", freed)
              .log("no connection accepted; retrying");
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  /** Waits until nothing more is handed over, after {@link #close}. */
  void awaitEnd(Duration timeout) throws InterruptedException {
    if (thread.isAlive()) {
      var _ = thread.join(timeout);
    }
  }

  /** Accepts no more connections; those in the system's queue are refused. */
  @Override
  public void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      logger.atWarn().addKeyValue("cause", e.getMessage()).log("listening socket did not close");
    }
  }

  private static ServerSocket unbound() {
    try {
      return new ServerSocket();
    } catch (IOException e) {
      throw new UncheckedIOException("a socket that is not bound takes nothing that could fail", e);
    }
  }
}
