// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order in which topics get their turn, and how many have one. Topics that fail wait apart from
 * the others, so that neither kind keeps the other out. Not thread-safe: guarded by the monitor of
 * the {@link TopicQueues} that owns it, which is also the lock of the queues given to it.
 */
final class RoundRobin {
  private final Queue<TopicQueue> ready = new ArrayDeque<>();
  private final Queue<TopicQueue> retries = new ArrayDeque<>();
  private int taken;
  // Those with a turn that were failing when it began.
  private final Set<TopicQueue> takenByFailing = new HashSet<>();

  /** A queue that waits for a turn from now on. */
  void add(TopicQueue queue) {
    queue.awaitTurn();
    (queue.isFailing() ? retries : ready).add(queue);
  }

  /**
   * Gives the next queue its turn, or says that there is none.
   *
   * @param most turns at once; topics that fail have a quarter of them before all others, so that
   *     no crowd of new topics keeps them out, and half of them at most
   */
  @Nullable TopicQueue next(int most) {
    if (taken >= most) {
      return null;
    }
    TopicQueue queue = takenByFailing.size() < most / 4 ? retries.poll() : null;
    if (queue == null) {
      queue = ready.poll();
    }
    if (queue == null && takenByFailing.size() < Math.max(1, most / 2)) {
      queue = retries.poll();
    }
    if (queue != null) {
      queue.beginTurn();
      taken++;
      if (queue.isFailing()) {
        takenByFailing.add(queue);
      }
    }
    return queue;
  }

  /** The queue has no turn any more, and no place yet. */
  void end(TopicQueue queue) {
    taken--;
    takenByFailing.remove(queue);
    queue.endTurn();
  }
}
