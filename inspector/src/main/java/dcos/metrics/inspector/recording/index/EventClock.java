// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import java.util.function.LongSupplier;

/**
 * The wall clock of where events are written, which may be another machine's: when the first and
 * the last of them happened, and what time it is there now. Guarded by the recording's lock.
 */
final class EventClock {
  private final LongSupplier nanoTime;
  private long firstMs = Long.MIN_VALUE;
  private long lastMs;
  private long lastNanos;

  EventClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** An event happened at this time, in milliseconds since the epoch. */
  void saw(long wallMs) {
    if (firstMs == Long.MIN_VALUE) {
      firstMs = wallMs;
    }
    lastMs = Math.max(lastMs, wallMs);
    lastNanos = nanoTime.getAsLong();
  }

  /** 0 before there was one. */
  long firstMs() {
    return firstMs == Long.MIN_VALUE ? 0 : firstMs;
  }

  long lastMs() {
    return lastMs;
  }

  /** The last event's time, and what has passed since that came. */
  long nowMs() {
    return lastMs + (lastMs == 0 ? 0 : (nanoTime.getAsLong() - lastNanos) / 1_000_000);
  }
}
