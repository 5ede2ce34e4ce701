// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order in which topics get their turn, and how many have one. Topics that fail wait apart from
 * the others, so that neither kind keeps the other out. Not thread-safe: guarded by the monitor of
 * the {@link Lanes} that owns it, which is also the lock of the queues given to it.
 */
final class Turns {
  private final Queue<Lane> ready = new ArrayDeque<>();
  private final Queue<Lane> retries = new ArrayDeque<>();
  private int taken;
  // Those with a turn that were failing when it began.
  private final Set<Lane> takenByFailing = new HashSet<>();

  /** A lane that waits for a turn from now on. */
  void add(Lane lane) {
    lane.awaitTurn();
    (lane.isFailing() ? retries : ready).add(lane);
  }

  /**
   * Gives the next lane its turn, or says that there is none.
   *
   * @param most turns at once; topics that fail have a quarter of them before all others, so that
   *     no crowd of new topics keeps them out, and half of them at most
   */
  @Nullable Lane next(int most) {
    if (taken >= most) {
      return null;
    }
    Lane lane = takenByFailing.size() < most / 4 ? retries.poll() : null;
    if (lane == null) {
      lane = ready.poll();
    }
    if (lane == null && takenByFailing.size() < Math.max(1, most / 2)) {
      lane = retries.poll();
    }
    if (lane != null) {
      lane.beginTurn();
      taken++;
      if (lane.isFailing()) {
        takenByFailing.add(lane);
      }
    }
    return lane;
  }

  /** The lane has no turn any more, and no place yet. */
  void end(Lane lane) {
    taken--;
    takenByFailing.remove(lane);
    lane.endTurn();
  }
}
