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
 * A lane a topic: what waits, what is on its way, and who waits for what. A topic in trouble never
 * holds back another: {@link Turns turns} and the {@link Window window} are shared so that others
 * always find room. Thread-safe.
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
  private final Set<Attempt> onTheirWay = new HashSet<>();
  private final AcknowledgementGap gap = new AcknowledgementGap();
  private int waitingMessages;
  private long waitingBytes;
  private long onTheirWayBytes;
  private long unsettled;
  private long unsettledSinceNanos;
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
    if (unsettled++ == 0) {
      unsettledSinceNanos = nanoClock.getAsLong();
    }
    Lane lane = lane(message.topic());
    lane.waiting.addLast(message);
    countWaiting(message, 1);
    tidy(lane);
    return true;
  }

  synchronized boolean isBehind(String topic) {
    Lane lane = lanes.get(topic);
    return lane != null && !lane.waiting.isEmpty();
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
    Attempt attempt = lane.granted;
    lane.granted = null;
    if (attempt == null && !stopped && !delays.isDelayed(lane)) {
      attempt = tryTake(lane);
    }
    if (attempt == null) {
      turns.end(lane);
      if (!lane.waiting.isEmpty() && !delays.isDelayed(lane)) {
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
    Message head = lane.waiting.poll();
    if (head != null) {
      countWaiting(head, -1);
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
      lane.proven = true;
      lane.failures = 0;
      lane.lastError = "";
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
    unsettled += parts.size() - 1;
    Lane lane = lane(parts.getFirst().topic());
    putBack(lane, parts);
    tidy(lane);
    return true;
  }

  /** So many messages, or parts, have been settled. */
  synchronized void settled(int messages) {
    unsettled -= messages;
    if (unsettled <= 0) {
      notifyAll();
    }
  }

  /** Time has passed: delays end, and what is on its way for long means trouble. */
  synchronized void tick() {
    long now = nanoClock.getAsLong();
    for (Lane lane = delays.poll(); lane != null; lane = delays.poll()) {
      place(lane);
    }
    for (Attempt attempt : onTheirWay) {
      attempt.lane().slow |= now - attempt.sinceNanos() > slowNanos;
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
    return lanes.values().stream().anyMatch(lane -> lane.slow);
  }

  /** A few topics whose messages wait, those that are with the client for longest first. */
  synchronized List<String> waitingTopics(int most) {
    return LaneReport.longestWaiting(lanes.values(), onTheirWay, most);
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
    return LaneReport.waiting(lanes.values(), onTheirWay, all, error);
  }

  /** The last error of a topic itself; empty if there was none. */
  synchronized String lastError(String topic) {
    Lane lane = lanes.get(topic);
    return lane == null ? "" : lane.lastError;
  }

  /** Whether messages wait for others to be answered. */
  synchronized boolean isCrowded() {
    return parking.isCrowded();
  }

  /** Waits until all is settled: false if the time was up before. */
  synchronized boolean awaitSettled(Duration timeout) throws InterruptedException {
    // Real time: it is people who wait here.
    long end = System.nanoTime() + timeout.toNanos();
    for (long left = end - System.nanoTime(); unsettled > 0; left = end - System.nanoTime()) {
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
    for (Attempt attempt : List.copyOf(onTheirWay)) {
      if (end(attempt)) {
        left.add(attempt.message());
      }
    }
    for (Lane lane : lanes.values()) {
      left.addAll(lane.waiting);
      lane.waiting.clear();
      lane.granted = null;
    }
    waitingMessages = 0;
    waitingBytes = 0;
    return left;
  }

  synchronized Count count() {
    return new Count(
        lanes.size(),
        (int) lanes.values().stream().filter(lane -> lane.failures > 0).count(),
        waitingMessages,
        waitingBytes,
        onTheirWay.size(),
        onTheirWayBytes,
        unsettled == 0 ? 0 : nanoClock.getAsLong() - unsettledSinceNanos);
  }

  private Lane lane(String topic) {
    return lanes.computeIfAbsent(topic, name -> new Lane(name, nanoClock.getAsLong()));
  }

  private void countWaiting(Message message, int sign) {
    waitingMessages += sign;
    waitingBytes += sign * message.bytes();
  }

  private void putBack(Lane lane, List<Message> messages) {
    for (Message message : messages.reversed()) {
      lane.waiting.addFirst(message);
      countWaiting(message, 1);
    }
  }

  private @Nullable Attempt tryTake(Lane lane) {
    Message message = lane.waiting.peek();
    if (message == null) {
      return null;
    }
    long cost = window.cost(message);
    boolean troubled = lane.isTroubled();
    if (window.ask(cost, lane.costOnTheWay, troubled) != Window.Answer.TAKE) {
      return null;
    }
    lane.waiting.remove();
    countWaiting(message, -1);
    window.take(cost, troubled);
    lane.onTheirWay++;
    lane.costOnTheWay += cost;
    onTheirWayBytes += message.bytes();
    var attempt = new Attempt(lane, message, cost, troubled, nanoClock.getAsLong());
    onTheirWay.add(attempt);
    return attempt;
  }

  private boolean end(Attempt attempt) {
    if (!attempt.end()) {
      return false;
    }
    Lane lane = attempt.lane();
    onTheirWay.remove(attempt);
    onTheirWayBytes -= attempt.message().bytes();
    window.give(attempt.cost(), attempt.troubled());
    lane.onTheirWay--;
    lane.costOnTheWay -= attempt.cost();
    lane.slow = false; // the next tick looks again
    parking.ownAnswered(lane);
    return true;
  }

  /** A share that was given but not used yet. */
  private void takeBack(Lane lane) {
    Attempt granted = lane.granted;
    lane.granted = null;
    if (granted != null && end(granted)) {
      putBack(lane, List.of(granted.message()));
    }
  }

  /** Finds a place for a lane that has none. */
  private void tidy(Lane lane) {
    if (lane.place == Lane.Place.QUIET) {
      place(lane);
    }
  }

  private void place(Lane lane) {
    if (lane.granted == null && lane.waiting.isEmpty()) {
      lane.place = Lane.Place.QUIET;
      if (lane.onTheirWay == 0) {
        lanes.remove(lane.topic(), lane);
      }
    } else if (lane.granted == null && delays.isDelayed(lane)) {
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
      lane.granted = tryTake(lane);
      return lane.granted != null;
    }

    @Override
    public void leave(Lane lane) {
      place(lane);
    }
  }
}
