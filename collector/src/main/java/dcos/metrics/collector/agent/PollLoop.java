// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Polls at once and then every period, measured from start to start. A poll that takes longer skips
 * the ticks that it missed. Not thread-safe; the time and the waiting are the caller's.
 */
final class PollLoop {
  private final Poll poll;
  private final long periodNanos;
  private final LongSupplier nanoTime;
  private final Pause pause;

  /** One round of queries. */
  @FunctionalInterface
  interface Poll {
    /** Returns whether there is to be another. */
    boolean run() throws InterruptedException;
  }

  /** Waits between polls. */
  @FunctionalInterface
  interface Pause {
    /** Returns whether there is to be another poll after it. */
    boolean sleep(Duration duration) throws InterruptedException;
  }

  PollLoop(Poll poll, Duration period, LongSupplier nanoTime, Pause pause) {
    if (!period.isPositive()) {
      throw new IllegalArgumentException(
          "agent-poll-period must be above 0, was " + period.toSeconds());
    }
    this.poll = poll;
    this.periodNanos = period.toNanos();
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /** Returns when the poll or the pause says so. */
  void run() throws InterruptedException {
    boolean goOn = true;
    while (goOn) {
      long started = nanoTime.getAsLong();
      goOn = poll.run();
      if (goOn) {
        long taken = nanoTime.getAsLong() - started;
        goOn = pause.sleep(Duration.ofNanos(periodNanos - taken % periodNanos));
      }
    }
  }
}
