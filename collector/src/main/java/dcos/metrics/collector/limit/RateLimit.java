// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.limit;

import dcos.metrics.collector.settings.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * An allowance of bytes for each fixed period. What crosses it still passes, what comes after it is
 * refused until the period ends. Periods count from the time that is given, so that many throttles
 * share their bounds. Thread-safe.
 */
public final class RateLimit {
  private final long amountBytes;
  private final long periodNanos;
  private final LongSupplier nanoTime;
  private final long originNanos;
  // Guarded by this.
  private long period;
  private long usedBytes;
  private long refusedRecords;
  private long refusedBytes;

  /** What was refused since it was last asked. */
  public record OverLimit(long records, long bytes) {}

  /**
   * @param limit the allowance, and the period that it holds for
   * @param nanoTime a clock as {@link System#nanoTime}
   * @param originNanos when a first period began
   */
  public RateLimit(Settings.Limit limit, LongSupplier nanoTime, long originNanos) {
    this.amountBytes = limit.amountBytes();
    this.periodNanos = limit.period().toNanos();
    this.nanoTime = nanoTime;
    this.originNanos = originNanos;
  }

  /** Refuses nothing. */
  public static RateLimit unlimited() {
    return new RateLimit(new Settings.Limit(0, Duration.ofSeconds(1)), () -> 0, 0);
  }

  /**
   * Looks at the clock: a new period has its whole allowance. Between two calls the period stays
   * the same.
   */
  public synchronized void beginPeriodIfDue() {
    if (amountBytes == 0) {
      return;
    }
    long now = (nanoTime.getAsLong() - originNanos) / periodNanos;
    if (now != period) {
      period = now;
      usedBytes = 0;
    }
  }

  /** Whether this may pass, in the period that was begun; if not, it is counted as refused. */
  public synchronized boolean tryAcquire(int records, long bytes) {
    if (amountBytes == 0) {
      return true;
    }
    if (usedBytes >= amountBytes) {
      refusedRecords += records;
      refusedBytes += bytes;
      return false;
    }
    usedBytes += bytes;
    return true;
  }

  /**
   * Takes all of it, if no part of it would be refused; otherwise takes nothing, and counts
   * nothing.
   */
  public synchronized boolean tryAcquireWhole(long bytes) {
    if (amountBytes == 0) {
      return true;
    }
    if (usedBytes + bytes > amountBytes) {
      return false;
    }
    usedBytes += bytes;
    return true;
  }

  /** What was refused since this was last called; empty if nothing was. */
  public synchronized Optional<OverLimit> takeRefused() {
    if (refusedRecords == 0) {
      return Optional.empty();
    }
    OverLimit refused = new OverLimit(refusedRecords, refusedBytes);
    refusedRecords = 0;
    refusedBytes = 0;
    return Optional.of(refused);
  }
}
