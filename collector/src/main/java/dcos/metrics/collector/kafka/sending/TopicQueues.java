// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One queue per topic: which messages wait, which are in flight, and which topic may send next. A
 * topic in trouble never holds back another: {@link SendScheduler turns} and the {@link
 * InFlightWindow window} are shared so that others always find room. Thread-safe.
 *
 * <p>One lock, the monitor of this object, guards all of it: each {@link TopicQueue}, the end of
 * each {@link SendAttempt}, and the objects in the fields below, which no other object uses. Every
 * method takes it, and takes no other lock while it holds it: callers may hold any lock. {@link
 * #nextTurn} and {@link #admit} return queues and attempts; without the lock, only {@link
 * TopicQueue#topic} and the immutable values of an attempt may be read.
 */
public final class TopicQueues {
  private final LongSupplier nanoClock;
  private final long slowNanos;

  // All below: guarded by this.
  private final InFlightWindow window;
  private final Map<String, TopicQueue> queues = new HashMap<>();
  private final InFlightMessages inFlight;
  private final SendScheduler scheduler;
  private final AcknowledgementGap gap = new AcknowledgementGap();
  private final QueueTotals totals = new QueueTotals();
  private boolean stopped;

  /**
   * The messages of all topics at one moment. Bytes are the records' own, before tags.
   *
   * @param topics how many have messages
   * @param failingTopics how many of them fail
   * @param waitingMessages not handed to the client yet
   * @param onTheirWayMessages handed to the client, without an answer
   * @param unsettledNanos how long there have been messages without an outcome; 0 if there are none
   */
  public record Count(
      int topics,
      int failingTopics,
      int waitingMessages,
      long waitingBytes,
      int onTheirWayMessages,
      long onTheirWayBytes,
      long unsettledNanos) {}

  /**
   * @param window used by these queues only
   * @param slow how long a message may be in flight before its topic counts as slow
   */
  public TopicQueues(InFlightWindow window, Duration slow, LongSupplier nanoClock) {
    this.window = window;
    this.inFlight = new InFlightMessages(window, nanoClock);
    this.scheduler = new SendScheduler(window, nanoClock, this::tryTake, this::remove);
    this.slowNanos = slow.toNanos();
    this.nanoClock = nanoClock;
  }

  /** Adds a message to the queue of its topic; returns false, and does not, once stopped. */
  public synchronized boolean submit(Message message) {
    if (stopped) {
      return false;
    }
    totals.submitted(nanoClock.getAsLong());
    TopicQueue queue = queue(message.topic());
    queue.enqueue(message);
    totals.queued(message);
    scheduler.changed(queue);
    return true;
  }

  /** Whether messages of the topic wait that are not in flight. */
  public synchronized boolean isBehind(String topic) {
    TopicQueue queue = queues.get(topic);
    return queue != null && queue.hasWaiting();
  }

  /**
   * Gives the next topic its turn. The caller ends it by calling {@link #admit} until that returns
   * null, or by {@link #turnFailed} or {@link #turnRefused}.
   *
   * @param most how many topics may have a turn at once
   * @return null if no topic waits for a turn, or none may have one now
   */
  synchronized @Nullable TopicQueue nextTurn(int most) {
    TopicQueue queue = scheduler.nextTurn(most);
    if (queue != null) {
      gap.handed(queue, nanoClock.getAsLong());
    }
    return queue;
  }

  /** Takes the next message of a topic that has a turn; null if none may be sent: it has ended. */
  synchronized @Nullable SendAttempt admit(TopicQueue queue) {
    return scheduler.admit(queue);
  }

  /** A message was encoded: the next ones are estimated by it. */
  synchronized void learn(SendAttempt attempt, int encodedBytes) {
    window.learn(attempt.message(), encodedBytes);
  }

  /**
   * Ends a turn in which no message could be sent; the topic is delayed.
   *
   * @param topicsFault whether the topic is the cause, not the client or the brokers
   */
  synchronized void turnFailed(TopicQueue queue, boolean topicsFault, String error) {
    takeBack(queue);
    scheduler.delay(queue, topicsFault, error);
    scheduler.endTurn(queue);
  }

  /** Ends a turn in which Kafka refused the topic; removes the next message, if any, to settle. */
  synchronized @Nullable Message turnRefused(TopicQueue queue) {
    takeBack(queue);
    gap.refused(queue.topic());
    Message head = queue.removeHead();
    if (head != null) {
      totals.removed(head);
    }
    scheduler.endTurn(queue);
    return head;
  }

  /**
   * Ends an attempt.
   *
   * @param acknowledged whether Kafka has acknowledged the message; otherwise it has refused it
   * @return true if the caller must settle or split the message; false if the attempt had ended
   */
  synchronized boolean finish(SendAttempt attempt, boolean acknowledged) {
    TopicQueue queue = attempt.queue();
    if (acknowledged) {
      queue.acknowledged();
      gap.acknowledged(queue.topic(), nanoClock.getAsLong());
    } else {
      gap.refused(queue.topic());
    }
    if (!end(attempt)) {
      return false;
    }
    scheduler.changed(queue);
    scheduler.grant();
    return true;
  }

  /**
   * Ends an attempt and puts its message back at the head of its queue, which is delayed.
   *
   * @param topicsFault whether the topic is the cause, not the client or the brokers
   * @return false, and nothing is put back, if the attempt had ended
   */
  synchronized boolean retry(SendAttempt attempt, boolean topicsFault, String error) {
    if (!end(attempt)) {
      return false;
    }
    TopicQueue queue = attempt.queue();
    putBack(queue, List.of(attempt.message()));
    scheduler.delay(queue, topicsFault, error);
    scheduler.changed(queue);
    scheduler.grant();
    return true;
  }

  /** Puts the parts of a finished message at the head of its queue; false once stopped. */
  synchronized boolean resume(List<Message> parts) {
    if (stopped) {
      return false;
    }
    totals.split(parts.size());
    TopicQueue queue = queue(parts.getFirst().topic());
    putBack(queue, parts);
    scheduler.changed(queue);
    return true;
  }

  /** This number of messages, or parts, has been settled; negative to expect that many more. */
  synchronized void settled(int messages) {
    totals.settled(messages);
    if (totals.isSettled()) {
      notifyAll();
    }
  }

  /** Ends the delays that are over and marks topics slow; to be called several times a second. */
  public synchronized void tick() {
    long now = nanoClock.getAsLong();
    scheduler.endDelays();
    for (SendAttempt attempt : inFlight.attempts()) {
      if (now - attempt.sinceNanos() > slowNanos) {
        attempt.queue().answerOverdue();
      }
      gap.unanswered(attempt);
    }
    scheduler.grant();
  }

  /** Since when messages are handed to the client and none is acknowledged; empty if none are. */
  public synchronized OptionalLong unacknowledgedSinceNanos() {
    return gap.sinceNanos();
  }

  /** Whether a topic's message has been with the client for long. */
  public synchronized boolean isSlow() {
    return queues.values().stream().anyMatch(TopicQueue::isSlow);
  }

  /** A few topics whose messages wait, those that are with the client for longest first. */
  public synchronized List<String> waitingTopics(int most) {
    return TopicQueueReport.longestWaiting(queues.values(), inFlight.attempts(), most);
  }

  /** There is another client: ends the delays of topics that do not fail themselves. */
  public synchronized void hurry() {
    scheduler.hurry();
  }

  /** Topics that have failed for at least this long, and why. */
  synchronized Map<String, String> failingFor(Duration least) {
    return TopicQueueReport.failingFor(queues.values(), least.toNanos(), nanoClock.getAsLong());
  }

  /**
   * The topics that Kafka does not take messages of, by name.
   *
   * @param all whether that is so for every topic, as in an outage
   * @param error used for a topic of which none is known
   */
  public synchronized List<WaitingTopic> waiting(boolean all, String error) {
    return TopicQueueReport.waiting(queues.values(), inFlight.attempts(), all, error);
  }

  /** The last error of a topic itself; empty if there was none. */
  public synchronized String lastError(String topic) {
    TopicQueue queue = queues.get(topic);
    return queue == null ? "" : queue.lastError();
  }

  /** Whether messages wait for others to be answered. */
  synchronized boolean isCrowded() {
    return scheduler.isCrowded();
  }

  /** Waits until every message is settled; returns false if the timeout passes before. */
  public synchronized boolean awaitSettled(Duration timeout) throws InterruptedException {
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

  /** Stops for good: no turns, no further messages. The caller settles the messages it returns. */
  public synchronized List<Message> stop() {
    stopped = true;
    scheduler.stop();
    List<Message> left = new ArrayList<>();
    for (SendAttempt attempt : List.copyOf(inFlight.attempts())) {
      if (end(attempt)) {
        left.add(attempt.message());
      }
    }
    for (TopicQueue queue : queues.values()) {
      List<Message> waiting = queue.removeAll();
      waiting.forEach(totals::removed);
      left.addAll(waiting);
    }
    return left;
  }

  /** The messages of all topics at this moment. */
  public synchronized Count count() {
    return new Count(
        queues.size(),
        (int) queues.values().stream().filter(TopicQueue::isFailing).count(),
        totals.waitingMessages(),
        totals.waitingBytes(),
        inFlight.attempts().size(),
        inFlight.bytes(),
        totals.unsettledNanos(nanoClock.getAsLong()));
  }

  private TopicQueue queue(String topic) {
    return queues.computeIfAbsent(topic, name -> new TopicQueue(name, this, nanoClock.getAsLong()));
  }

  private void remove(TopicQueue queue) {
    queues.remove(queue.topic(), queue);
  }

  private void putBack(TopicQueue queue, List<Message> messages) {
    queue.putBack(messages);
    messages.forEach(totals::queued);
  }

  private @Nullable SendAttempt tryTake(TopicQueue queue) {
    SendAttempt attempt = inFlight.tryTake(queue);
    if (attempt != null) {
      totals.removed(attempt.message());
    }
    return attempt;
  }

  private boolean end(SendAttempt attempt) {
    boolean ended = inFlight.end(attempt);
    if (ended) {
      scheduler.answered(attempt.queue());
    }
    return ended;
  }

  /** A share that was given but not used yet. */
  private void takeBack(TopicQueue queue) {
    SendAttempt granted = queue.takeGranted();
    if (granted != null && end(granted)) {
      putBack(queue, List.of(granted.message()));
    }
  }
}
