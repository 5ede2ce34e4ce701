// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Flushes each topic when its period is over, and makes room when somebody waits for memory; one
 * thread. Thread-safe.
 */
final class BatchFlusher implements AutoCloseable {
  // Between two reliefs, for messages to be acknowledged.
  private static final long RELIEF_PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private final long periodNanos;
  private final LongSupplier nanoTime;
  private final Relief relief;
  private final Thread thread = new Thread(this::run, "batch-flusher");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by lock, all below. The next one first.
  private final TreeSet<Due> due = new TreeSet<>();
  private final Map<TopicBatch, Due> byTopic = new HashMap<>();
  private long lastNumber;
  private @Nullable Long reliefAtNanos;
  private boolean closed;

  /** When to look at a topic; of two at the same time, the one that was added first. */
  private record Due(TopicBatch pending, long atNanos, long number) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int order = Long.signum(atNanos - other.atNanos);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }

  /** Makes room for who waits for memory. */
  @FunctionalInterface
  interface Relief {
    /** Whether somebody still waits, so that this is to be run again soon. */
    boolean run();
  }

  BatchFlusher(Duration period, LongSupplier nanoTime, Relief relief) {
    this.periodNanos = period.toNanos();
    this.nanoTime = nanoTime;
    this.relief = relief;
  }

  void start() {
    thread.start();
  }

  /** Looks after a topic until nothing of it is pending any more. */
  void watch(TopicBatch pending) {
    watch(pending, nanoTime.getAsLong() + periodNanos);
  }

  /** Forgets a topic at once: thousands may come and go within a period. */
  void forget(TopicBatch pending) {
    lock.lock();
    try {
      Due known = byTopic.remove(pending);
      if (known != null) {
        due.remove(known);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many topics it looks after. */
  int topics() {
    lock.lock();
    try {
      return due.size();
    } finally {
      lock.unlock();
    }
  }

  /** Somebody waits for memory. */
  void relieve() {
    lock.lock();
    try {
      if (reliefAtNanos == null) {
        reliefAtNanos = nanoTime.getAsLong();
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Flushes what is due now. */
  void flushDue() {
    for (TopicBatch pending = takeDue(); pending != null; pending = takeDue()) {
      long again = pending.flushIfDue(nanoTime.getAsLong(), periodNanos);
      if (!pending.isRemoved()) {
        watch(pending, again);
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (awaitWork()) {
      flushDue();
      if (isReliefDue()) {
        boolean again = relief.run();
        endRelief(again);
      }
    }
  }

  private boolean awaitWork() {
    lock.lock();
    try {
      for (long wait = nanosToWait(); !closed && wait > 0; wait = nanosToWait()) {
        changed.await(wait, TimeUnit.NANOSECONDS);
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private long nanosToWait() {
    long now = nanoTime.getAsLong();
    long wait = Long.MAX_VALUE;
    if (!due.isEmpty()) {
      wait = due.first().atNanos() - now;
    }
    if (reliefAtNanos != null) {
      wait = Math.min(wait, reliefAtNanos - now);
    }
    return wait;
  }

  private void watch(TopicBatch pending, long atNanos) {
    lock.lock();
    try {
      Due added = new Due(pending, atNanos, ++lastNumber);
      due.add(added);
      byTopic.put(pending, added);
      if (due.first().equals(added)) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable TopicBatch takeDue() {
    lock.lock();
    try {
      if (due.isEmpty() || due.first().atNanos() - nanoTime.getAsLong() > 0) {
        return null;
      }
      TopicBatch next = due.removeFirst().pending();
      byTopic.remove(next);
      return next;
    } finally {
      lock.unlock();
    }
  }

  private boolean isReliefDue() {
    lock.lock();
    try {
      return reliefAtNanos != null && reliefAtNanos - nanoTime.getAsLong() <= 0;
    } finally {
      lock.unlock();
    }
  }

  private void endRelief(boolean again) {
    lock.lock();
    try {
      reliefAtNanos = again ? (Long) (nanoTime.getAsLong() + RELIEF_PAUSE_NANOS) : null;
    } finally {
      lock.unlock();
    }
  }
}
