// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The places for connections, of which a new one takes that of another when there is none left. One
 * thread awaits places; the other methods are thread-safe.
 */
final class ConnectionSlots {
  /**
   * How long a new connection waits for one to be stalled: until one that came just before it has
   * been silent for long enough.
   */
  static final Duration PATIENCE = StallDetector.PATIENCE.plus(StallDetector.PERIOD);

  private static final Duration PAUSE = Duration.ofMillis(10);

  /** Read once, since it changes while connections are compared. */
  private record Silent(SenderConnection connection, long looks) {}

  private final int most;
  private final Set<SenderConnection> open;
  private final LongSupplier nanoTime;
  private volatile boolean closed;
  private volatile @Nullable Thread waiting;
  // The waiting thread only, both: when a silent connection was last closed for a new one, and when
  // a new one was last refused.
  private long lastReplacedNanos;
  private long lastRefusedNanos;

  /**
   * @param most how many may be open
   * @param open a view of those that are
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  ConnectionSlots(int most, Set<SenderConnection> open, LongSupplier nanoTime) {
    this.most = most;
    this.open = open;
    this.nanoTime = nanoTime;
    this.lastReplacedNanos = nanoTime.getAsLong() - PATIENCE.toNanos();
    this.lastRefusedNanos = lastReplacedNanos;
  }

  /**
   * Waits until there is a place for one more connection; the next ones stay in the system's queue
   * meanwhile. Connections that are stalled or silent without a record are closed for it, as soon
   * as they have been for {@link StallDetector#PATIENCE}. Only if there are none by then, the one
   * that has been silent for the longest time is closed. The next connections do not wait for that
   * again: a crowd would each in turn.
   *
   * @return false if all connections are in use, or this is closed
   */
  boolean await() {
    if (open.size() < most) {
      return true;
    }
    waiting = Thread.currentThread();
    try {
      return awaitFreed();
    } finally {
      waiting = null;
    }
  }

  private boolean awaitFreed() {
    long begun = nanoTime.getAsLong();
    boolean crowded = begun - lastReplacedNanos < PATIENCE.toNanos();
    if (begun - lastRefusedNanos < PATIENCE.toNanos()) {
      begun -= PATIENCE.toNanos(); // the one before waited for this one too
    }
    boolean replacedIdle = false;
    while (open.size() >= most) {
      boolean leaving = replaceStalled();
      if (closed) {
        return false;
      }
      long now = nanoTime.getAsLong();
      boolean late = now - begun >= PATIENCE.toNanos();
      if (!leaving && !replacedIdle && (late || crowded) && replaceIdle()) {
        leaving = true;
        replacedIdle = true;
        lastReplacedNanos = now;
      }
      if (!leaving && late) {
        lastRefusedNanos = now;
        return false;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return true;
  }

  /** A connection is no longer among those that are open. */
  void freed() {
    LockSupport.unpark(waiting);
  }

  /**
   * Closes stalled connections, or the one that has been silent for the longest time; at once, as
   * the process is short of descriptors.
   *
   * @return whether one was closed or is about to leave
   */
  boolean makeRoom() {
    return replaceStalled() || replaceIdle();
  }

  /** Closes these connections, together. */
  boolean cut(Predicate<SenderConnection> which, StreamTimeoutException why) {
    List<SenderConnection> found = open.stream().filter(which).toList();
    found.forEach(connection -> connection.cut(why));
    return !found.isEmpty();
  }

  /** Ends the wait for a place. */
  void close() {
    closed = true;
    freed();
  }

  /**
   * Closes all connections that are stalled or silent without a record.
   *
   * @return whether a place will be free in a moment
   */
  private boolean replaceStalled() {
    return open.stream().anyMatch(SenderConnection::isLeaving)
        || cut(SenderConnection::isIdleWithoutRecords, StreamTimeoutException.replaced());
  }

  /** Closes the connection that has been silent for the longest time; false if none is. */
  private boolean replaceIdle() {
    Optional<SenderConnection> longest =
        open.stream()
            .map(connection -> new Silent(connection, connection.silentLooks()))
            .filter(silent -> silent.looks() > 0)
            .sorted(Comparator.comparingLong(Silent::looks).reversed())
            .map(Silent::connection)
            .filter(SenderConnection::isIdle)
            .findFirst();
    longest.ifPresent(connection -> connection.cut(StreamTimeoutException.replaced()));
    return longest.isPresent();
  }
}
