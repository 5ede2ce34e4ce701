// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a topic waits after a failure: longer each time where the fault is its own, always as
 * long where nothing can be sent at all. Not thread-safe: guarded by the monitor of the {@link
 * Lanes} that owns it, which is also the lock of the queues given to it.
 */
final class Delays {
  private static final long FIRST_NANOS = Duration.ofMillis(500).toNanos();
  private static final int MOST_DOUBLINGS = 4;
  private static final long OUTAGE_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoClock;
  // Ordered by the ends of the delays, so a delay changes only while its queue is not in here.
  private final PriorityQueue<Lane> delayed =
      new PriorityQueue<>((a, b) -> Long.signum(a.delayedUntilNanos() - b.delayedUntilNanos()));

  Delays(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** The lane's delay begins, unless it has one. */
  void begin(Lane lane, boolean topicsFault, String error) {
    if (isDelayed(lane)) {
      return; // several that were on their way came back at once
    }
    // Its delay is over, and it may wait here still: it must not stand before others any more.
    boolean waits = lane.place() == Lane.Place.DELAYED && delayed.remove(lane);
    delay(lane, topicsFault, error);
    if (waits) {
      delayed.add(lane);
    }
  }

  private void delay(Lane lane, boolean topicsFault, String error) {
    long now = nanoClock.getAsLong();
    if (!topicsFault) {
      lane.delayUntil(now + OUTAGE_NANOS);
      return;
    }
    lane.failed(error, now);
    lane.delayUntil(now + (FIRST_NANOS << Math.min(lane.failures() - 1, MOST_DOUBLINGS)));
  }

  boolean isDelayed(Lane lane) {
    return lane.delayedUntilNanos() - nanoClock.getAsLong() > 0;
  }

  /** A lane that waits here until its delay is over. */
  void add(Lane lane) {
    lane.awaitDelay();
    delayed.add(lane);
  }

  /** Takes the next lane whose delay is over, which then has no place; null if there is none. */
  @Nullable Lane poll() {
    Lane first = delayed.peek();
    return first == null || isDelayed(first) ? null : delayed.remove();
  }

  /** Takes all lanes, and ends the delays that are not their own fault. */
  List<Lane> hurry() {
    List<Lane> all = List.copyOf(delayed);
    delayed.clear();
    for (Lane lane : all) {
      if (!lane.isFailing()) {
        lane.delayUntil(nanoClock.getAsLong());
      }
    }
    return all;
  }
}
