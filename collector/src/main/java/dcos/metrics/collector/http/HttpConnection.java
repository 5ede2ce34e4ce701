// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection and its deadline. Read and written by its own thread; other threads close
 * it when it is late or when others need its place. Thread-safe.
 */
final class HttpConnection implements AutoCloseable {
  /**
   * Bounds what the system keeps of an endless answer. Linux reports a full socket as writable when
   * a third of the buffer, which it doubles, is free: with a large buffer, a client that reads
   * slowly would be taken for one that does not read.
   */
  private static final int ENDLESS_SEND_BUFFER_BYTES = 16 * 1024;

  private static final Logger logger = LoggerFactory.getLogger(HttpConnection.class);

  private final Socket socket;
  private final String peer;
  private final HttpDeadlines deadlines;
  private final LongSupplier nanoTime;
  private final long accepted;

  // All guarded by this; the times are of nanoTime.
  private ConnectionPhase phase = ConnectionPhase.READING;
  private String path = "";
  private boolean endless;
  private long deadline;
  private long lastRead;
  private boolean writing;
  private long writeStart;
  private long writeNanos;

  private enum ConnectionPhase {
    /** The request is not complete. */
    READING,
    ANSWERING,
    /** The answer is written, the client has not closed. */
    LINGERING,
    CLOSED
  }

  HttpConnection(Socket socket, HttpDeadlines deadlines, LongSupplier nanoTime) {
    this.socket = socket;
    this.peer = String.valueOf(socket.getRemoteSocketAddress());
    this.deadlines = deadlines;
    this.nanoTime = nanoTime;
    this.accepted = nanoTime.getAsLong();
    this.lastRead = accepted;
    this.deadline = lastRead + deadlines.request().toNanos();
  }

  /** Where the request comes from. */
  InputStream in() throws IOException {
    return new FilterInputStream(socket.getInputStream()) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        noteRead();
        return read;
      }
    };
  }

  /** Where the answer goes to. Each write is timed; it must not be large. */
  OutputStream out() throws IOException {
    return new FilterOutputStream(socket.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        beginWrite();
        try {
          out.write(bytes, offset, length);
        } finally {
          endWrite();
        }
      }
    };
  }

  private synchronized void noteRead() {
    lastRead = nanoTime.getAsLong();
  }

  private synchronized void beginWrite() {
    writing = true;
    writeStart = nanoTime.getAsLong();
    if (endless) {
      deadline = writeStart + deadlines.progress().toNanos();
    }
  }

  private synchronized void endWrite() {
    writing = false;
    writeNanos += nanoTime.getAsLong() - writeStart;
  }

  /**
   * The request is complete: from now on the connection is closed for the sake of others only where
   * its client is slow.
   *
   * @throws IOException if it was closed before
   */
  synchronized void beginAnswer(String requestPath) throws IOException {
    if (phase == ConnectionPhase.CLOSED) {
      throw new IOException("the connection was closed");
    }
    phase = ConnectionPhase.ANSWERING;
    path = requestPath;
    deadline = nanoTime.getAsLong() + deadlines.answer().toNanos();
  }

  /** The answer ends when the client disconnects: only its progress has a deadline. */
  synchronized void beginEndlessAnswer() throws IOException {
    socket.setSendBufferSize(ENDLESS_SEND_BUFFER_BYTES);
    endless = true;
  }

  /**
   * Waits until the client has closed too, and discards what it sends: closing with unread bytes
   * would reset the connection and may destroy the answer (RFC 9112, section 9.6).
   */
  void linger() throws IOException {
    synchronized (this) {
      if (phase == ConnectionPhase.CLOSED) {
        return;
      }
      phase = ConnectionPhase.LINGERING;
      endless = false;
      deadline = nanoTime.getAsLong() + deadlines.linger().toNanos();
    }
    socket.shutdownOutput();
    byte[] discarded = new byte[256];
    InputStream in = socket.getInputStream();
    while (in.read(discarded) >= 0) {
      // The deadline ends it.
    }
  }

  /** Whether it has a request that is being answered: then it has a right to its place. */
  synchronized boolean isAnswering() {
    return phase == ConnectionPhase.ANSWERING;
  }

  /** Whether nothing was read for a time, though a request is expected or the answer sent. */
  synchronized boolean isIdle(long nanos) {
    return phase != ConnectionPhase.ANSWERING
        && nanoTime.getAsLong() - lastRead >= nanos
        && !hasUnread();
  }

  /** Whether it was accepted this long ago, and is not answered and has no bytes to be read. */
  synchronized boolean isOld(long nanos) {
    return phase != ConnectionPhase.ANSWERING
        && nanoTime.getAsLong() - accepted >= nanos
        && !hasUnread();
  }

  /** Whether the system has received bytes that we did not read yet. */
  private boolean hasUnread() {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * How long writes have waited for the client: all writes of a finite answer, the current write of
   * an endless one. A client for which no write waits now is not slow.
   */
  synchronized long slownessNanos() {
    if (!writing || phase != ConnectionPhase.ANSWERING) {
      return 0;
    }
    long current = nanoTime.getAsLong() - writeStart;
    return endless ? current : current + writeNanos;
  }

  /** Whether the current write of a finite answer has waited this long. */
  synchronized boolean isBlocked(long nanos) {
    return phase == ConnectionPhase.ANSWERING
        && writing
        && !endless
        && nanoTime.getAsLong() - writeStart >= nanos;
  }

  /** Closes it at once, unless it is answered now. */
  synchronized void closeUnlessAnswering() {
    if (phase != ConnectionPhase.ANSWERING) {
      reset();
    }
  }

  /** Closes it at once in favour of other requests. */
  synchronized void evict() {
    if (phase == ConnectionPhase.ANSWERING) {
      log("HTTP client reads slowly and others wait; disconnected");
      reset();
    }
  }

  /** Closes it at once if it is late. */
  synchronized void closeIfLate() {
    boolean waits = !endless || writing;
    if (phase != ConnectionPhase.CLOSED && waits && nanoTime.getAsLong() - deadline >= 0) {
      if (phase == ConnectionPhase.ANSWERING) {
        log("HTTP client did not read its answer in time; disconnected");
      }
      reset();
    }
  }

  private void log(String message) {
    logger
        .atWarn()
        .addKeyValue("peer", peer)
        .addKeyValue("path", path)
        .addKeyValue("waited_ms", slownessNanos() / 1_000_000)
        .log(message);
  }

  /**
   * Closes at once; a blocked read or write of its own thread fails. An incomplete answer ends with
   * a reset: the system frees the unsent bytes, and no client takes the answer for complete. The
   * system still sends the rest of a complete one.
   */
  synchronized void reset() {
    if (phase == ConnectionPhase.CLOSED) {
      return;
    }
    if (phase != ConnectionPhase.LINGERING) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException _) {
        // It is closed already.
      }
    }
    close();
  }

  /** Closes it after what was sent. Idempotent. */
  @Override
  public synchronized void close() {
    if (phase != ConnectionPhase.CLOSED) {
      phase = ConnectionPhase.CLOSED;
      closeSocket();
    }
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      logger.atDebug().addKeyValue("cause", e.getMessage()).log("a socket did not close well");
    }
  }

  String peer() {
    return peer;
  }

  /** The path of the request; empty until it is complete. */
  synchronized String path() {
    return path;
  }
}
