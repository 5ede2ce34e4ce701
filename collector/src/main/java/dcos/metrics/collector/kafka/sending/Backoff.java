// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a topic waits after a failure: longer each time where the fault is its own, always as
 * long where nothing can be sent at all. Not thread-safe: guarded by the monitor of the {@link
 * TopicQueues} that owns it, which is also the lock of the queues given to it.
 */
final class Backoff {
  private static final long FIRST_NANOS = Duration.ofMillis(500).toNanos();
  private static final int MAX_DOUBLINGS = 4;
  private static final long OUTAGE_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoClock;
  // Ordered by the ends of the delays, so a delay changes only while its queue is not in here.
  private final PriorityQueue<TopicQueue> delayed =
      new PriorityQueue<>((a, b) -> Long.signum(a.delayedUntilNanos() - b.delayedUntilNanos()));

  Backoff(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** The queue's delay begins, unless it has one. */
  void begin(TopicQueue queue, boolean topicsFault, String error) {
    if (isDelayed(queue)) {
      return; // several that were on their way came back at once
    }
    // Its delay is over, and it may wait here still: it must not stand before others any more.
    boolean waits = queue.place() == TopicQueue.QueuePlace.DELAYED && delayed.remove(queue);
    delay(queue, topicsFault, error);
    if (waits) {
      delayed.add(queue);
    }
  }

  private void delay(TopicQueue queue, boolean topicsFault, String error) {
    long now = nanoClock.getAsLong();
    if (!topicsFault) {
      queue.delayUntil(now + OUTAGE_NANOS);
      return;
    }
    queue.failed(error, now);
    queue.delayUntil(now + (FIRST_NANOS << Math.min(queue.failures() - 1, MAX_DOUBLINGS)));
  }

  boolean isDelayed(TopicQueue queue) {
    return queue.delayedUntilNanos() - nanoClock.getAsLong() > 0;
  }

  /** A queue that waits here until its delay is over. */
  void add(TopicQueue queue) {
    queue.awaitDelay();
    delayed.add(queue);
  }

  /** Takes the next queue whose delay is over, which then has no place; null if there is none. */
  @Nullable TopicQueue poll() {
    TopicQueue first = delayed.peek();
    return first == null || isDelayed(first) ? null : delayed.remove();
  }

  /** Takes all queues, and ends the delays that are not their own fault. */
  List<TopicQueue> hurry() {
    List<TopicQueue> all = List.copyOf(delayed);
    delayed.clear();
    for (TopicQueue queue : all) {
      if (!queue.isFailing()) {
        queue.delayUntil(nanoClock.getAsLong());
      }
    }
    return all;
  }
}
