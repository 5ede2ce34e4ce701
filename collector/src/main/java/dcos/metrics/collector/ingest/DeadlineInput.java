// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A socket's bytes, with a deadline for each header or block that has begun, and another for the
 * silence between them. One reader; {@link #unread}, {@link #isWaiting}, {@link #end} and {@link
 * #cut} may be called by another thread.
 */
final class DeadlineInput extends InputStream {
  private final Socket socket;
  private final InputStream in;
  private final Duration idleTimeout;
  private final Duration readTimeout;
  private final LongSupplier nanoTime;

  // Reader only.
  private long deadlineNanos;
  private int firstByte = -1;
  private HeaderAdmission.@Nullable Turn turn;
  // Written by the reader, read by all.
  private volatile boolean betweenUnits;
  private final AtomicLong bytesRead = new AtomicLong();
  // Written by end() and cut(), read by the reader.
  private volatile boolean ended;
  private volatile @Nullable StreamTimeoutException cut;

  DeadlineInput(Socket socket, Duration idleTimeout, Duration readTimeout, LongSupplier nanoTime)
      throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    this.idleTimeout = idleTimeout;
    this.readTimeout = readTimeout;
    this.nanoTime = nanoTime;
  }

  /**
   * Waits for a connection's first byte; false where it ended without one, as a health check does.
   */
  boolean awaitFirstByte() throws IOException {
    awaitUnit();
    firstByte = read();
    return firstByte >= 0;
  }

  /** The next byte begins a header or block: it may take as long as the connection may be idle. */
  void awaitUnit() {
    betweenUnits = true;
  }

  /** A header or block has begun, or goes on after a wait that was not its sender's. */
  void beginUnit() {
    betweenUnits = false;
    deadlineNanos = nanoTime.getAsLong() + readTimeout.toNanos();
  }

  /** A header is read in this turn, which ends before the reader waits. */
  void beginTurn(HeaderAdmission.Turn header) {
    turn = header;
  }

  /** Ends the turn, if there is one: the header was read, or the reader is about to wait. */
  void endTurn() {
    if (turn != null) {
      turn.end();
      turn = null;
    }
  }

  /** Bytes read off the socket so far. */
  long bytesRead() {
    return bytesRead.get();
  }

  /** Whether the reader waits for a header or block to begin, and nothing of one has arrived. */
  boolean isWaiting() throws IOException {
    return betweenUnits && in.available() == 0;
  }

  /** How many bytes have come that were not read off the socket. */
  int unread() throws IOException {
    return in.available();
  }

  /** How many bytes {@link #read} returns without waiting; for the reader. */
  @Override
  public int available() throws IOException {
    try {
      return in.available() + (firstByte >= 0 ? 1 : 0);
    } catch (IOException e) {
      StreamTimeoutException why = cut;
      throw why != null ? why : e;
    }
  }

  /** Why the stream was ended within a header or block; null if it was not. */
  @Nullable StreamTimeoutException whyCut() {
    return cut;
  }

  /** Whether the next byte begins a header or block. */
  boolean isBetweenUnits() {
    return betweenUnits;
  }

  /** Ends the stream wherever it is; the reader gets this exception. */
  void cut(StreamTimeoutException why) throws IOException {
    cut = why;
    socket.close();
  }

  /** Ends the stream here, between two blocks: the reader sees it as if the sender had closed. */
  void end() throws IOException {
    ended = true;
    socket.close();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (firstByte >= 0 && length > 0) {
      bytes[offset] = (byte) firstByte;
      firstByte = -1;
      return 1;
    }
    boolean first = betweenUnits;
    int count;
    try {
      if (turn != null && in.available() == 0) {
        endTurn();
      }
      socket.setSoTimeout(first ? millis(idleTimeout.toNanos()) : remainingMillis());
      count = in.read(bytes, offset, length);
    } catch (SocketException e) {
      if (ended) {
        return -1;
      }
      StreamTimeoutException why = cut;
      if (why != null) {
        throw why;
      }
      throw e;
    } catch (SocketTimeoutException e) {
      throw first
          ? StreamTimeoutException.idle(idleTimeout)
          : StreamTimeoutException.incomplete(readTimeout);
    }
    if (count > 0) {
      bytesRead.addAndGet(count);
      if (first) {
        beginUnit();
      }
    }
    return count;
  }

  private int remainingMillis() throws StreamTimeoutException {
    long remaining = deadlineNanos - nanoTime.getAsLong();
    if (remaining <= 0) {
      throw StreamTimeoutException.incomplete(readTimeout);
    }
    return millis(remaining);
  }

  /** Rounded up, since 0 means for ever; 0 stays 0. */
  private static int millis(long nanos) {
    return (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
  }
}
