// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.collector.message.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lane a topic: who has a turn, who waits for what. A topic in trouble never holds back another:
 * turns and the window are shared so that others always find room. Calls nobody; thread-safe.
 */
final class Lanes {
  private static final long FIRST_DELAY_NANOS = Duration.ofMillis(500).toNanos();
  private static final int MOST_DOUBLINGS = 4;
  private static final long OUTAGE_DELAY_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoClock;
  private final long slowNanos;
  private final Parking.Attendant attendant = new Grants();

  // All below: guarded by this.
  private final Window window;
  private final Parking parking;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final ArrayDeque<Lane> ready = new ArrayDeque<>();
  private final ArrayDeque<Lane> retries = new ArrayDeque<>();
  private final PriorityQueue<Lane> delayed =
      new PriorityQueue<>((a, b) -> Long.signum(a.notBeforeNanos - b.notBeforeNanos));
  private final Set<Attempt> onTheirWay = new HashSet<>();
  private int turns;
  private int retryTurns;
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
   * @param most turns at once; topics that fail have a quarter of them before all others, so that
   *     no crowd of new topics keeps them out, and half of them at most
   */
  synchronized @Nullable Lane nextTurn(int most) {
    if (stopped || turns >= most) {
      return null;
    }
    Lane lane = retryTurns < most / 4 ? retries.poll() : null;
    if (lane == null) {
      lane = ready.poll();
    }
    if (lane == null && retryTurns < Math.max(1, most / 2)) {
      lane = retries.poll();
    }
    if (lane != null) {
      lane.place = Lane.Place.TURN;
      lane.retrying = lane.failures > 0;
      turns++;
      retryTurns += lane.retrying ? 1 : 0;
    }
    return lane;
  }

  /** The next message of a lane that has a turn, with its share; null ends the turn. */
  synchronized @Nullable Attempt admit(Lane lane) {
    Attempt attempt = lane.granted;
    lane.granted = null;
    if (attempt == null && !stopped && !isDelayed(lane)) {
      attempt = tryTake(lane);
    }
    if (attempt == null) {
      endTurn(lane);
      if (!lane.waiting.isEmpty() && !isDelayed(lane)) {
        parking.park(lane);
      }
      tidy(lane);
      grant();
    }
    return attempt;
  }

  /** A message was encoded that was given a share. */
  synchronized void learn(Attempt attempt, int encodedBytes) {
    window.learn(attempt.message(), encodedBytes);
  }

  /** Nothing of the lane could be tried; it comes again later. */
  synchronized void turnFailed(Lane lane, boolean topicsFault, String error) {
    takeBack(lane);
    delay(lane, topicsFault, error);
    endTurn(lane);
    tidy(lane);
    grant();
  }

  /** Kafka refuses the topic: takes the message that would have been next, to be settled. */
  synchronized @Nullable Message turnRefused(Lane lane) {
    takeBack(lane);
    Message head = lane.waiting.poll();
    if (head != null) {
      countWaiting(head, -1);
    }
    endTurn(lane);
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
    delay(lane, topicsFault, error);
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
    for (Lane lane = delayed.peek(); lane != null && !isDelayed(lane); lane = delayed.peek()) {
      place(delayed.remove());
    }
    for (Attempt attempt : onTheirWay) {
      attempt.lane().slow |= now - attempt.sinceNanos() > slowNanos;
    }
    grant();
  }

  /** Another client: those who wait because there was none need not. */
  synchronized void hurry() {
    List<Lane> all = List.copyOf(delayed);
    delayed.clear();
    for (Lane lane : all) {
      if (lane.failures == 0) {
        lane.notBeforeNanos = nanoClock.getAsLong();
      }
      place(lane);
    }
  }

  /** Topics that have failed for at least this long, and why. */
  synchronized Map<String, String> failingFor(Duration least) {
    long now = nanoClock.getAsLong();
    Map<String, String> failing = new TreeMap<>();
    for (Lane lane : lanes.values()) {
      if (lane.failures > 0 && now - lane.failingSinceNanos >= least.toNanos()) {
        failing.put(lane.topic(), lane.lastError);
      }
    }
    return failing;
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

  private void delay(Lane lane, boolean topicsFault, String error) {
    if (isDelayed(lane)) {
      return; // several that were on their way came back at once
    }
    long now = nanoClock.getAsLong();
    if (!topicsFault) {
      lane.notBeforeNanos = now + OUTAGE_DELAY_NANOS;
      return;
    }
    lane.lastError = error;
    if (lane.failures++ == 0) {
      lane.failingSinceNanos = now;
    }
    lane.notBeforeNanos = now + (FIRST_DELAY_NANOS << Math.min(lane.failures - 1, MOST_DOUBLINGS));
  }

  private boolean isDelayed(Lane lane) {
    return lane.notBeforeNanos - nanoClock.getAsLong() > 0;
  }

  private void endTurn(Lane lane) {
    turns--;
    retryTurns -= lane.retrying ? 1 : 0;
    lane.place = Lane.Place.QUIET;
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
    } else if (lane.granted == null && isDelayed(lane)) {
      lane.place = Lane.Place.DELAYED;
      delayed.add(lane);
    } else {
      lane.place = Lane.Place.READY;
      (lane.failures > 0 ? retries : ready).add(lane);
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
