// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which topic may send next. A queue with messages waits in one of three places: for a
 * {@link Turns turn}, for room in the window in {@link Parking}, or for the end of its delay in
 * {@link Delays}. Not thread-safe: guarded by the monitor of the {@link Lanes} that owns it, which
 * is also the lock of the queues given to it.
 */
final class SendScheduler {
  private final Parking parking;
  private final Turns turns = new Turns();
  private final Delays delays;
  private final Taker taker;
  private final Consumer<Lane> emptied;
  private final Parking.Attendant attendant = new Grants();
  private boolean stopped;

  /** Takes the next message of a queue, if there is one that may be sent now. */
  @FunctionalInterface
  interface Taker {
    /** Null if none waits, or the window has no room for it. */
    @Nullable Attempt tryTake(Lane lane);
  }

  /**
   * Creates a scheduler without queues.
   *
   * @param window that the taker takes room from
   * @param emptied called with a queue that has no messages left, neither waiting nor in flight
   */
  SendScheduler(Window window, LongSupplier nanoClock, Taker taker, Consumer<Lane> emptied) {
    this.parking = new Parking(window);
    this.delays = new Delays(nanoClock);
    this.taker = taker;
    this.emptied = emptied;
  }

  /** The messages of a queue have changed: finds a place for it if it has none. */
  void changed(Lane lane) {
    if (lane.place() == Lane.Place.QUIET) {
      place(lane);
    }
  }

  /** A message of a queue is no longer in flight. */
  void answered(Lane lane) {
    parking.ownAnswered(lane);
  }

  /**
   * Gives the next queue its turn, which {@link #admit} or {@link #endTurn} ends.
   *
   * @param most how many queues may have a turn at once
   * @return null if no queue waits for a turn, or none may have one now
   */
  @Nullable Lane nextTurn(int most) {
    return stopped ? null : turns.next(most);
  }

  /** Takes the next message of a queue that has a turn; null if none may be sent: it has ended. */
  @Nullable Attempt admit(Lane lane) {
    Attempt attempt = lane.takeGranted();
    if (attempt == null && !stopped && !delays.isDelayed(lane)) {
      attempt = taker.tryTake(lane);
    }
    if (attempt == null) {
      turns.end(lane);
      if (lane.hasWaiting() && !delays.isDelayed(lane)) {
        parking.park(lane);
      }
      changed(lane);
      grant();
    }
    return attempt;
  }

  /** Ends a turn in which nothing was sent. */
  void endTurn(Lane lane) {
    turns.end(lane);
    changed(lane);
    grant();
  }

  /** Delays a queue, unless it is delayed. */
  void delay(Lane lane, boolean topicsFault, String error) {
    delays.begin(lane, topicsFault, error);
  }

  /** Ends the delays that are over. */
  void endDelays() {
    for (Lane lane = delays.poll(); lane != null; lane = delays.poll()) {
      place(lane);
    }
  }

  /** Ends the delays of queues whose topics do not fail themselves. */
  void hurry() {
    delays.hurry().forEach(this::place);
  }

  /** The window may have room: gives it to queues that wait for it. */
  void grant() {
    if (!stopped) {
      parking.grant(attendant);
    }
  }

  /** Whether messages of ordinary size wait for room in the window. */
  boolean isCrowded() {
    return parking.isCrowded();
  }

  /** From now on there are no turns and no grants. */
  void stop() {
    stopped = true;
  }

  private void place(Lane lane) {
    if (!lane.hasGranted() && !lane.hasWaiting()) {
      lane.rest();
      if (!lane.hasInFlight()) {
        emptied.accept(lane);
      }
    } else if (!lane.hasGranted() && delays.isDelayed(lane)) {
      delays.add(lane);
    } else {
      turns.add(lane);
    }
  }

  private final class Grants implements Parking.Attendant {
    @Override
    public boolean tryGrant(Lane lane) {
      Attempt attempt = taker.tryTake(lane);
      if (attempt == null) {
        return false;
      }
      lane.grant(attempt);
      return true;
    }

    @Override
    public void leave(Lane lane) {
      place(lane);
    }
  }
}
