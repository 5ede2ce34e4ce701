// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded amount of memory, in bytes. A charge is taken whole or waited for, first come first
 * served; who waits is what presses back on the senders. Thread-safe.
 */
public final class Budget {
  private final long limitBytes;
  private final long largestBlockBytes;
  private final Runnable onWait;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
  private long usedBytes;
  private long waits;
  private volatile boolean contended;

  /**
   * @param limitBytes above zero
   * @param onWait called, without any lock, whenever somebody begins to wait: the signal to flush
   *     early
   */
  public Budget(long limitBytes, Runnable onWait) {
    this(limitBytes, limitBytes / 4, onWait);
  }

  /**
   * As a part of a limit whose rest is spent elsewhere.
   *
   * @param limitBytes above zero
   * @param largestBlockBytes what fits three times: as it is sent, decompressed and rewritten
   * @param onWait called, without any lock, whenever somebody begins to wait
   */
  public Budget(long limitBytes, long largestBlockBytes, Runnable onWait) {
    if (limitBytes < 1) {
      throw new IllegalArgumentException("limit must be above 0 bytes, was " + limitBytes);
    }
    this.limitBytes = limitBytes;
    this.largestBlockBytes = largestBlockBytes;
    this.onWait = Objects.requireNonNull(onWait);
  }

  public long limitBytes() {
    return limitBytes;
  }

  /** The most that is ever taken in one charge: larger blocks are refused. */
  public long largestBlockBytes() {
    return largestBlockBytes;
  }

  /**
   * Takes this many bytes, waiting for them behind those who came before.
   *
   * @throws IllegalArgumentException if it is more than the whole budget
   */
  public Charge charge(long bytes) throws InterruptedException {
    if (bytes < 0 || bytes > limitBytes) {
      throw new IllegalArgumentException("charge " + bytes + " not in 0.." + limitBytes);
    }
    Waiter waiter;
    lock.lockInterruptibly();
    try {
      if (waiters.isEmpty() && isFree(bytes)) {
        usedBytes += bytes;
        return new Charge(this, bytes);
      }
      waiter = new Waiter(bytes, lock.newCondition());
      waiters.add(waiter);
      waits++;
      contended = true;
    } finally {
      lock.unlock();
    }
    boolean signalled = false;
    try {
      onWait.run();
      signalled = true;
    } finally {
      if (!signalled) {
        leave(waiter);
      }
    }
    return await(waiter);
  }

  /**
   * Takes this many bytes if they are free and no other charge waits; null otherwise. Never waits.
   *
   * @throws IllegalArgumentException if it is below zero
   */
  public @Nullable Charge tryCharge(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("charge must not be below 0 bytes, was " + bytes);
    }
    lock.lock();
    try {
      if (!waiters.isEmpty() || !isFree(bytes)) {
        return null;
      }
      usedBytes += bytes;
      return new Charge(this, bytes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * As {@link #charge}, for who may not leave without it: where the wait is interrupted, the bytes
   * are taken over the limit, and the thread stays interrupted.
   */
  public Charge chargeEvenIfInterrupted(long bytes) {
    try {
      return charge(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lock.lock();
      try {
        usedBytes += bytes;
        return new Charge(this, bytes);
      } finally {
        lock.unlock();
      }
    }
  }

  /** Whether somebody waits. */
  public boolean isContended() {
    return contended;
  }

  public long usedBytes() {
    lock.lock();
    try {
      return usedBytes;
    } finally {
      lock.unlock();
    }
  }

  /** How many charges had to wait so far. */
  public long waits() {
    lock.lock();
    try {
      return waits;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(long bytes) {
    lock.lock();
    try {
      usedBytes -= bytes;
      grant();
    } finally {
      lock.unlock();
    }
  }

  private Charge await(Waiter waiter) throws InterruptedException {
    lock.lock();
    try {
      while (!waiter.granted) {
        waiter.turn.await();
      }
      return new Charge(this, waiter.bytes);
    } catch (InterruptedException e) {
      leave(waiter);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits for this turn any more, though it may have come at the same moment. */
  private void leave(Waiter waiter) {
    lock.lock();
    try {
      if (waiter.granted) {
        usedBytes -= waiter.bytes;
      } else {
        waiters.remove(waiter);
      }
      grant();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFree(long bytes) {
    return bytes <= limitBytes - usedBytes;
  }

  /** Serves the head of the line only: a small charge must not overtake a large one for ever. */
  private void grant() {
    for (Waiter head = waiters.peek(); head != null && isFree(head.bytes); head = waiters.peek()) {
      waiters.remove();
      usedBytes += head.bytes;
      head.granted = true;
      head.turn.signal();
    }
    contended = !waiters.isEmpty();
  }

  private static final class Waiter {
    private final long bytes;
    private final Condition turn;
    private boolean granted;

    private Waiter(long bytes, Condition turn) {
      this.bytes = bytes;
      this.turn = turn;
    }
  }
}
