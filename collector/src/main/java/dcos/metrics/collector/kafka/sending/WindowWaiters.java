// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;

/**
 * Where lanes wait for a share of the window. Each kind of message waits in its own line, and a
 * topic that has used up what one topic may have waits in none: so no line is held up by a topic's
 * own limit. Not thread-safe: guarded by the monitor of the {@link Lanes} that owns it, which is
 * also the lock of the queues given to it.
 */
final class Parking {
  private enum Bay {
    STEADY,
    TROUBLED,
    LARGE
  }

  /** Gives a parked lane a share if there is one, and a place. */
  interface Attendant {
    /** Whether the lane has got its share. */
    boolean tryGrant(Lane lane);

    /** The lane is parked no more. */
    void leave(Lane lane);
  }

  private final Window window;
  private final Map<Bay, ArrayDeque<Lane>> bays = new EnumMap<>(Bay.class);
  private int waitingForOwn;

  Parking(Window window) {
    this.window = window;
    for (Bay bay : Bay.values()) {
      bays.put(bay, new ArrayDeque<>());
    }
  }

  /** A lane whose first message could not go. */
  void park(Lane lane) {
    if (waitsForOwn(lane)) {
      lane.awaitOwnAnswer();
      waitingForOwn++;
    } else {
      lane.park();
      line(bayOf(lane)).add(lane);
    }
  }

  /** Something of the lane's own was answered. */
  void ownAnswered(Lane lane) {
    if (lane.place() == Lane.Place.OWN) {
      waitingForOwn--;
      park(lane);
    }
  }

  /** Whether messages of ordinary size wait for others to be answered. */
  boolean isCrowded() {
    return waitingForOwn > 0 || !line(Bay.STEADY).isEmpty() || !line(Bay.TROUBLED).isEmpty();
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

  /** Whether a lane went to another line, which has to be looked at again. */
  private boolean grant(Bay bay, Attendant attendant) {
    boolean moved = false;
    ArrayDeque<Lane> line = line(bay);
    for (Lane lane = line.peek(); lane != null; lane = line.peek()) {
      if (!lane.hasWaiting() || (bayOf(lane) == bay && attendant.tryGrant(lane))) {
        line.remove();
        attendant.leave(lane);
      } else if (bayOf(lane) != bay || waitsForOwn(lane)) {
        line.remove(); // it has become another case while it waited
        park(lane);
        moved = true;
      } else {
        break;
      }
    }
    return moved;
  }

  private ArrayDeque<Lane> line(Bay bay) {
    return bays.getOrDefault(bay, new ArrayDeque<>());
  }

  private Bay bayOf(Lane lane) {
    if (window.isLarge(window.cost(lane.head()))) {
      return Bay.LARGE;
    }
    return lane.isTroubled() ? Bay.TROUBLED : Bay.STEADY;
  }

  private boolean waitsForOwn(Lane lane) {
    return window.ask(window.cost(lane.head()), lane.inFlightCost(), lane.isTroubled())
        == Window.Answer.WAIT_FOR_OWN;
  }
}
