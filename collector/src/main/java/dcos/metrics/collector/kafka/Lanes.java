// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One queue per topic: which messages wait, which are in flight, and which topic may send next. A
 * topic in trouble never holds back another: {@link Turns turns} and the {@link Window window} are
 * shared so that others always find room. Thread-safe.
 *
 * <p>One lock, the monitor of this object, guards all of it: each {@link Lane}, the end of each
 * {@link Attempt}, and the window, parking, turns, delays, gap and totals, which no other object
 * uses. Every method takes it, and takes no other lock while it holds it: callers may hold any
 * lock. {@link #nextTurn} and {@link #admit} return lanes and attempts; without the lock, only
 * {@link Lane#topic} and the immutable values of an attempt may be read.
 */
final class Lanes {
  private final LongSupplier nanoClock;
  private final long slowNanos;
  private final Parking.Attendant attendant = new Grants();

  // All below: guarded by this.
  private final Window window;
  private final Parking parking;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Turns turns = new Turns();
  private final Delays delays;
  private final Set<Attempt> inFlight = new HashSet<>();
  private final AcknowledgementGap gap = new AcknowledgementGap();
  private final QueueTotals totals = new QueueTotals();
  private boolean stopped;

  /** What there is at this moment. Bytes are the records' own, before tags. */
  record Count(
      int topics,
      int failingTopics,
      int waitingMessages,
      long waitingBytes,
      int onTheirWayMessages,
      long onTheirWayBytes,
      long unsettledNanos) {}

  /**
   * @param slow a message that is on its way for longer means trouble
   */
  Lanes(Window window, Duration slow, LongSupplier nanoClock) {
    this.window = window;
    this.parking = new Parking(window);
    this.delays = new Delays(nanoClock);
    this.slowNanos = slow.toNanos();
    this.nanoClock = nanoClock;
  }

  /** Takes a message; false once stopped. */
  synchronized boolean submit(Message message) {
    if (stopped) {
      return false;
    }
    totals.submitted(nanoClock.getAsLong());
    Lane lane = lane(message.topic());
    lane.enqueue(message);
    totals.queued(message);
    tidy(lane);
    return true;
  }

  synchronized boolean isBehind(String topic) {
    Lane lane = lanes.get(topic);
    return lane != null && lane.hasWaiting();
  }

  /**
   * Gives the next lane its turn, or says that there is none; who gets it ends it with {@link
   * #admit} returning null, or with {@link #turnFailed} or {@link #turnRefused}.
   *
   * @param most turns at once
   */
  synchronized @Nullable Lane nextTurn(int most) {
    Lane lane = stopped ? null : turns.next(most);
    if (lane != null) {
      gap.handed(lane, nanoClock.getAsLong());
    }
    return lane;
  }

  /** The next message of a lane that has a turn, with its share; null ends the turn. */
  synchronized @Nullable Attempt admit(Lane lane) {
    Attempt attempt = lane.takeGranted();
    if (attempt == null && !stopped && !delays.isDelayed(lane)) {
      attempt = tryTake(lane);
    }
    if (attempt == null) {
      turns.end(lane);
      if (lane.hasWaiting() && !delays.isDelayed(lane)) {
        parking.park(lane);
      }
      tidy(lane);
      grant();
    }
    return attempt;
  }

  /** A message was encoded. */
  synchronized void learn(Attempt attempt, int encodedBytes) {
    window.learn(attempt.message(), encodedBytes);
  }

  /** Nothing of the lane could be tried; it comes again later. */
  synchronized void turnFailed(Lane lane, boolean topicsFault, String error) {
    takeBack(lane);
    delays.begin(lane, topicsFault, error);
    turns.end(lane);
    tidy(lane);
    grant();
  }

  /** Kafka refuses the topic: takes the message that would have been next, to be settled. */
  synchronized @Nullable Message turnRefused(Lane lane) {
    takeBack(lane);
    gap.refused(lane.topic());
    Message head = lane.removeHead();
    if (head != null) {
      totals.removed(head);
    }
    turns.end(lane);
    tidy(lane);
    grant();
    return head;
  }

  /** Not on its way any more: true if the message is its caller's to settle, or to split. */
  synchronized boolean finish(Attempt attempt, boolean acknowledged) {
    Lane lane = attempt.lane();
    if (acknowledged) {
      lane.acknowledged();
      gap.acknowledged(lane.topic(), nanoClock.getAsLong());
    } else {
      gap.refused(lane.topic());
    }
    if (!end(attempt)) {
      return false;
    }
    tidy(lane);
    grant();
    return true;
  }

  /** The message goes back to the head of its lane: true if it was still on its way. */
  synchronized boolean retry(Attempt attempt, boolean topicsFault, String error) {
    if (!end(attempt)) {
      return false;
    }
    Lane lane = attempt.lane();
    putBack(lane, List.of(attempt.message()));
    delays.begin(lane, topicsFault, error);
    tidy(lane);
    grant();
    return true;
  }

  /** The parts of a message that was finished go to the head of its lane; false once stopped. */
  synchronized boolean resume(List<Message> parts) {
    if (stopped) {
      return false;
    }
    totals.split(parts.size());
    Lane lane = lane(parts.getFirst().topic());
    putBack(lane, parts);
    tidy(lane);
    return true;
  }

  /** So many messages, or parts, have been settled. */
  synchronized void settled(int messages) {
    totals.settled(messages);
    if (totals.isSettled()) {
      notifyAll();
    }
  }

  /** Time has passed: delays end, and what is on its way for long means trouble. */
  synchronized void tick() {
    long now = nanoClock.getAsLong();
    for (Lane lane = delays.poll(); lane != null; lane = delays.poll()) {
      place(lane);
    }
    for (Attempt attempt : inFlight) {
      if (now - attempt.sinceNanos() > slowNanos) {
        attempt.lane().answerOverdue();
      }
      gap.unanswered(attempt);
    }
    grant();
  }

  /** Since when messages were handed to the client and Kafka acknowledged none, if any were. */
  synchronized OptionalLong unacknowledgedSinceNanos() {
    return gap.sinceNanos();
  }

  /** Whether a topic's message has been with the client for long. */
  synchronized boolean isSlow() {
    return lanes.values().stream().anyMatch(Lane::isSlow);
  }

  /** A few topics whose messages wait, those that are with the client for longest first. */
  synchronized List<String> waitingTopics(int most) {
    return LaneReport.longestWaiting(lanes.values(), inFlight, most);
  }

  /** Another client: those who wait because there was none need not. */
  synchronized void hurry() {
    delays.hurry().forEach(this::place);
  }

  /** Topics that have failed for at least this long, and why. */
  synchronized Map<String, String> failingFor(Duration least) {
    return LaneReport.failingFor(lanes.values(), least.toNanos(), nanoClock.getAsLong());
  }

  /** As {@link LaneReport#waiting}. */
  synchronized List<WaitingTopic> waiting(boolean all, String error) {
    return LaneReport.waiting(lanes.values(), inFlight, all, error);
  }

  /** The last error of a topic itself; empty if there was none. */
  synchronized String lastError(String topic) {
    Lane lane = lanes.get(topic);
    return lane == null ? "" : lane.lastError();
  }

  /** Whether messages wait for others to be answered. */
  synchronized boolean isCrowded() {
    return parking.isCrowded();
  }

  /** Waits until all is settled: false if the time was up before. */
  synchronized boolean awaitSettled(Duration timeout) throws InterruptedException {
    // Real time: it is people who wait here.
    long end = System.nanoTime() + timeout.toNanos();
    for (long left = end - System.nanoTime(); !totals.isSettled(); left = end - System.nanoTime()) {
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** Stops for good: no turns, no further messages. What is left is the caller's to settle. */
  synchronized List<Message> stop() {
    stopped = true;
    List<Message> left = new ArrayList<>();
    for (Attempt attempt : List.copyOf(inFlight)) {
      if (end(attempt)) {
        left.add(attempt.message());
      }
    }
    for (Lane lane : lanes.values()) {
      List<Message> waiting = lane.removeAll();
      waiting.forEach(totals::removed);
      left.addAll(waiting);
    }
    return left;
  }

  synchronized Count count() {
    return new Count(
        lanes.size(),
        (int) lanes.values().stream().filter(Lane::isFailing).count(),
        totals.waitingMessages(),
        totals.waitingBytes(),
        totals.inFlightMessages(),
        totals.inFlightBytes(),
        totals.unsettledNanos(nanoClock.getAsLong()));
  }

  private Lane lane(String topic) {
    return lanes.computeIfAbsent(topic, name -> new Lane(name, this, nanoClock.getAsLong()));
  }

  private void putBack(Lane lane, List<Message> messages) {
    lane.putBack(messages);
    messages.forEach(totals::queued);
  }

  private @Nullable Attempt tryTake(Lane lane) {
    if (!lane.hasWaiting()) {
      return null;
    }
    long cost = window.cost(lane.head());
    if (window.ask(cost, lane.inFlightCost(), lane.isTroubled()) != Window.Answer.TAKE) {
      return null;
    }
    Attempt attempt = lane.takeNext(cost, nanoClock.getAsLong());
    window.take(cost, attempt.troubled());
    totals.sent(attempt.message());
    inFlight.add(attempt);
    return attempt;
  }

  private boolean end(Attempt attempt) {
    if (!attempt.end()) {
      return false;
    }
    Lane lane = attempt.lane();
    inFlight.remove(attempt);
    totals.answered(attempt.message());
    window.give(attempt.cost(), attempt.troubled());
    lane.answered(attempt);
    parking.ownAnswered(lane);
    return true;
  }

  /** A share that was given but not used yet. */
  private void takeBack(Lane lane) {
    Attempt granted = lane.takeGranted();
    if (granted != null && end(granted)) {
      putBack(lane, List.of(granted.message()));
    }
  }

  /** Finds a place for a lane that has none. */
  private void tidy(Lane lane) {
    if (lane.place() == Lane.Place.QUIET) {
      place(lane);
    }
  }

  private void place(Lane lane) {
    if (!lane.hasGranted() && !lane.hasWaiting()) {
      lane.rest();
      if (!lane.hasInFlight()) {
        lanes.remove(lane.topic(), lane);
      }
    } else if (!lane.hasGranted() && delays.isDelayed(lane)) {
      delays.add(lane);
    } else {
      turns.add(lane);
    }
  }

  private void grant() {
    if (!stopped) {
      parking.grant(attendant);
    }
  }

  private final class Grants implements Parking.Attendant {
    @Override
    public boolean tryGrant(Lane lane) {
      Attempt attempt = tryTake(lane);
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
