// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Runs a full garbage collection when the heap is much larger than the held records explain, as
 * after an outage of Kafka.
 *
 * <p>The serial garbage collector returns memory to the system in a full collection only, and runs
 * one only when the heap cannot grow any further. A collector that has little to do after an outage
 * would keep the outage's memory for hours. A full collection pauses everything for 20 to 70 ms, or
 * ten times that with a tenth of a core, so collections take at most a hundredth of the time, are
 * at least 30 seconds apart, and are fewer if they return little. Not thread-safe.
 */
final class HeapShrinker {
  /** How often {@link #check} is to be called. */
  static final Duration CHECK_PERIOD = Duration.ofSeconds(5);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(16);
  private static final int SHARE_OF_TIME = 100;
  private static final long WORTHWHILE_BYTES = 4 << 20;

  private final long thresholdBytes;
  private final LongSupplier committedBytes;
  private final LongSupplier heldBytes;
  private final Runnable collect;
  private final LongSupplier nanoTime;
  private long lastNanos;
  // Doubles with each collection that returns little.
  private long leastPauseNanos = SHORTEST_PAUSE.toNanos();
  private long pauseNanos = leastPauseNanos;

  /**
   * @param maxBytes the largest size of the heap; above two thirds of it beyond the held bytes, a
   *     collection is due
   * @param committedBytes the current size of the heap, garbage and unused space included
   * @param heldBytes the records in memory, which a collection cannot free
   * @param collect runs a full collection, and returns when it is complete
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  HeapShrinker(
      long maxBytes,
      LongSupplier committedBytes,
      LongSupplier heldBytes,
      Runnable collect,
      LongSupplier nanoTime) {
    this.thresholdBytes = maxBytes / 3 * 2;
    this.committedBytes = committedBytes;
    this.heldBytes = heldBytes;
    this.collect = collect;
    this.nanoTime = nanoTime;
    this.lastNanos = nanoTime.getAsLong();
  }

  /** Collects if it is due. */
  void check() {
    long now = nanoTime.getAsLong();
    if (now - lastNanos < pauseNanos) {
      return;
    }
    long before = committedBytes.getAsLong();
    if (before - heldBytes.getAsLong() <= thresholdBytes) {
      return;
    }
    collect.run();
    lastNanos = nanoTime.getAsLong();
    // Live objects, such as the metadata of many topics, may need the heap as it is.
    boolean isWorthwhile = before - committedBytes.getAsLong() >= WORTHWHILE_BYTES;
    leastPauseNanos =
        isWorthwhile
            ? SHORTEST_PAUSE.toNanos()
            : Math.min(2 * leastPauseNanos, LONGEST_PAUSE.toNanos());
    pauseNanos = Math.max(leastPauseNanos, SHARE_OF_TIME * (lastNanos - now));
  }
}
