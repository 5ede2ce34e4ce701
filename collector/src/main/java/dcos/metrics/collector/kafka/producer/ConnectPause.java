// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The pause between two attempts to connect: none before the first, then one second, doubled after
 * each failure up to eight. Not thread-safe: the connecting thread only.
 */
final class ConnectPause {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final int MAX_DOUBLINGS = 3;

  private final LongSupplier nanoClock;
  private int failures;
  private long lastAttemptNanos;

  /**
   * @param nanoClock a clock as {@link System#nanoTime}
   */
  ConnectPause(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** The last connection worked: the next attempt needs no pause. */
  void reset() {
    failures = 0;
  }

  /** Waits until the next attempt is due, counted from the start of the last one. */
  void await() throws InterruptedException {
    if (failures > 0) {
      long pause = SHORTEST.toNanos() << Math.min(failures - 1, MAX_DOUBLINGS);
      TimeUnit.NANOSECONDS.sleep(lastAttemptNanos + pause - nanoClock.getAsLong());
    }
    failures++;
    lastAttemptNanos = nanoClock.getAsLong();
  }

  /** Waits for the shortest pause, whatever failed before. */
  void awaitShortest() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(SHORTEST.toNanos());
  }
}
