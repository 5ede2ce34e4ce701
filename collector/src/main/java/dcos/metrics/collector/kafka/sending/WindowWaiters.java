// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where queues wait for a share of the window. Each kind of message waits in its own line, and a
 * topic that has used up what one topic may have waits in none: so no line is held up by a topic's
 * own limit. Not thread-safe: guarded by the monitor of the {@link TopicQueues} that owns it, which
 * is also the lock of the queues given to it.
 */
final class WindowWaiters {
  private enum Bay {
    STEADY,
    FAILING,
    LARGE
  }

  /** Gives a parked queue a share if there is one, and a place. */
  interface Attendant {
    /** Whether the queue has got its share. */
    boolean tryGrant(TopicQueue queue);

    /** The queue is parked no more. */
    void leave(TopicQueue queue);
  }

  private final InFlightWindow window;
  private final Map<Bay, ArrayDeque<TopicQueue>> bays = new EnumMap<>(Bay.class);
  private int waitingForOwn;

  WindowWaiters(InFlightWindow window) {
    this.window = window;
    for (Bay bay : Bay.values()) {
      bays.put(bay, new ArrayDeque<>());
    }
  }

  /** A queue whose first message could not go. */
  void park(TopicQueue queue) {
    if (waitsForOwn(queue)) {
      queue.awaitOwnAnswer();
      waitingForOwn++;
    } else {
      queue.park();
      line(bayOf(queue)).add(queue);
    }
  }

  /** Something of the queue's own was answered. */
  void ownAnswered(TopicQueue queue) {
    if (queue.place() == TopicQueue.QueuePlace.OWN) {
      waitingForOwn--;
      park(queue);
    }
  }

  /** Whether messages of ordinary size wait for others to be answered. */
  boolean isCrowded() {
    return waitingForOwn > 0 || !line(Bay.STEADY).isEmpty() || !line(Bay.FAILING).isEmpty();
  }

  /** Hands out what is free, to each line in its order. */
  void grant(Attendant attendant) {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Bay bay : Bay.values()) {
        moved |= grant(bay, attendant);
      }
    }
  }

  /** Whether a queue went to another line, which has to be looked at again. */
  private boolean grant(Bay bay, Attendant attendant) {
    boolean moved = false;
    ArrayDeque<TopicQueue> line = line(bay);
    for (TopicQueue queue = line.peek(); queue != null; queue = line.peek()) {
      if (!queue.hasWaiting() || (bayOf(queue) == bay && attendant.tryGrant(queue))) {
        line.remove();
        attendant.leave(queue);
      } else if (bayOf(queue) != bay || waitsForOwn(queue)) {
        line.remove(); // it has become another case while it waited
        park(queue);
        moved = true;
      } else {
        break;
      }
    }
    return moved;
  }

  private ArrayDeque<TopicQueue> line(Bay bay) {
    return bays.getOrDefault(bay, new ArrayDeque<>());
  }

  private Bay bayOf(TopicQueue queue) {
    if (window.isLarge(window.cost(queue.head()))) {
      return Bay.LARGE;
    }
    return queue.isTroubled() ? Bay.FAILING : Bay.STEADY;
  }

  private boolean waitsForOwn(TopicQueue queue) {
    return window.ask(window.cost(queue.head()), queue.inFlightCost(), queue.isTroubled())
        == InFlightWindow.WindowAnswer.WAIT_FOR_OWN;
  }
}
