// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The order in which topics get their turn, and how many have one. Topics that fail wait apart from
 * the others, so that neither kind keeps the other out. Not thread-safe: guarded by the lock of
 * {@link Lanes}.
 */
final class Turns {
  private final Queue<Lane> ready = new ArrayDeque<>();
  private final Queue<Lane> retries = new ArrayDeque<>();
  private int taken;
  private int takenByFailing;

  /** A lane that waits for a turn from now on. */
  void add(Lane lane) {
    lane.place = Lane.Place.READY;
    (lane.failures > 0 ? retries : ready).add(lane);
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
    Lane lane = takenByFailing < most / 4 ? retries.poll() : null;
    if (lane == null) {
      lane = ready.poll();
    }
    if (lane == null && takenByFailing < Math.max(1, most / 2)) {
      lane = retries.poll();
    }
    if (lane != null) {
      lane.place = Lane.Place.TURN;
      lane.retrying = lane.failures > 0;
      taken++;
      takenByFailing += lane.retrying ? 1 : 0;
    }
    return lane;
  }

  /** The lane has no turn any more, and no place yet. */
  void end(Lane lane) {
    taken--;
    takenByFailing -= lane.retrying ? 1 : 0;
    lane.place = Lane.Place.QUIET;
  }
}
