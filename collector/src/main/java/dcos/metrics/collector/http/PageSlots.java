// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds how many answers of a page are sent at once. When there are that many, the client that
 * reads slowest makes room for the next. Thread-safe.
 */
final class PageSlots {
  /** How long a request waits for a slot. */
  private static final Duration WAIT = Duration.ofMillis(600);

  private static final Duration LOOK = Duration.ofMillis(50);

  private final int most;
  private final long slowNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  // Guarded by lock.
  private final Set<HttpConnection> answering = new HashSet<>();
  // Those of them that were evicted and still have their slot.
  private final Set<HttpConnection> evicted = new HashSet<>();
  private int waiting;

  /**
   * @param most how many answers at once, and how many requests may wait beside them
   * @param slow a client that lets us wait less than this is not slow
   */
  PageSlots(int most, Duration slow) {
    this.most = most;
    this.slowNanos = slow.toNanos();
  }

  /**
   * Takes a slot, waiting for it for a moment.
   *
   * @return whether there is one
   */
  boolean acquire(HttpConnection connection) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (answering.size() >= most && !await()) {
        return false;
      }
      answering.add(connection);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean await() throws InterruptedException {
    if (waiting == most) {
      return false;
    }
    waiting++;
    try {
      long deadline = System.nanoTime() + WAIT.toNanos();
      while (answering.size() >= most) {
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        evictForEachWaiting();
        var _ = freed.awaitNanos(LOOK.toNanos());
      }
      return true;
    } finally {
      waiting--;
    }
  }

  /** One slot is enough for each: an evicted client's thread takes a moment to give it back. */
  private void evictForEachWaiting() {
    if (evicted.size() < waiting) {
      slowest()
          .ifPresent(
              connection -> {
                connection.evict();
                evicted.add(connection);
              });
    }
  }

  private Optional<HttpConnection> slowest() {
    return answering.stream()
        .filter(connection -> !evicted.contains(connection))
        .filter(connection -> connection.slownessNanos() >= slowNanos)
        .max(Comparator.comparingLong(HttpConnection::slownessNanos));
  }

  void release(HttpConnection connection) {
    lock.lock();
    try {
      answering.remove(connection);
      evicted.remove(connection);
      freed.signal();
    } finally {
      lock.unlock();
    }
  }
}
