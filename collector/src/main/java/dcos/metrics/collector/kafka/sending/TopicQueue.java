// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.message.Message;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one topic: its messages that wait to be sent, how much of the window its messages in
 * flight use, and whether sending to it fails. Exists only while it has messages.
 *
 * <p>Not thread-safe. The queues of a {@link TopicQueues} share one window and one order of turns,
 * so they also share one lock: the monitor of that {@code TopicQueues}, which the constructor
 * takes. The caller of every method except {@link #topic} must hold it; an assertion checks this.
 */
final class TopicQueue {
  /** What the queue waits for; exactly one of these at a time. */
  enum QueuePlace {
    /** Nothing: all its messages, if any, are in flight. */
    QUIET,
    /** A turn. */
    READY,
    /** Nothing: it has a turn, so a thread sends its messages. */
    TURN,
    /** Room in the window, which messages of other topics use. */
    PARKED,
    /** An answer to one of its own messages in flight. */
    OWN,
    /** The end of a delay after a failure. */
    DELAYED
  }

  private final String topic;
  private final Object lock;

  // All below: guarded by lock.
  private final ArrayDeque<Message> waiting = new ArrayDeque<>(2);
  private QueuePlace place = QueuePlace.QUIET;
  private int inFlight;
  private long inFlightCost;
  private @Nullable SendAttempt granted;
  // Kafka has acknowledged a message of this queue.
  private boolean proven;
  // A message has been in flight for long.
  private boolean slow;
  // In a row: since the last acknowledgement.
  private int failures;
  private long failingSinceNanos;
  private long delayedUntilNanos;
  private String lastError = "";

  /**
   * Creates an empty queue, which is not delayed.
   *
   * @param lock guards this queue
   * @param nowNanos the time by the clock that all times of this queue are measured with
   */
  TopicQueue(String topic, Object lock, long nowNanos) {
    this.topic = topic;
    this.lock = lock;
    this.delayedUntilNanos = nowNanos;
  }

  /** The name of the topic; callable without the lock. */
  String topic() {
    return topic;
  }

  /** Adds a message at the tail. */
  void enqueue(Message message) {
    assertLocked();
    waiting.addLast(message);
  }

  /** Puts messages back at the head, in their order. */
  void putBack(List<Message> messages) {
    assertLocked();
    messages.reversed().forEach(waiting::addFirst);
  }

  /** Whether messages wait. */
  boolean hasWaiting() {
    assertLocked();
    return !waiting.isEmpty();
  }

  /**
   * The message that is sent next.
   *
   * @throws java.util.NoSuchElementException if none waits
   */
  Message head() {
    assertLocked();
    return waiting.element();
  }

  /** Removes the message that would be sent next, without sending it; null if none waits. */
  @Nullable Message removeHead() {
    assertLocked();
    return waiting.poll();
  }

  /** Removes all messages that wait, and the granted attempt. */
  List<Message> removeAll() {
    assertLocked();
    List<Message> removed = List.copyOf(waiting);
    waiting.clear();
    granted = null;
    return removed;
  }

  /** How many messages, records and bytes wait, with the topic's last error or else this one. */
  WaitingTopic waiting(String errorIfNone) {
    assertLocked();
    var sum = new WaitingTopic(topic, 0, 0, 0, lastError.isEmpty() ? errorIfNone : lastError);
    for (Message message : waiting) {
      sum = sum.plus(message.records(), message.bytes());
    }
    return sum;
  }

  /**
   * Takes the next message: it is in flight until {@link #answered}.
   *
   * @param cost how many bytes of the window it uses
   * @throws java.util.NoSuchElementException if none waits
   */
  SendAttempt takeNext(long cost, long nowNanos) {
    assertLocked();
    var attempt = new SendAttempt(this, waiting.remove(), cost, isTroubled(), nowNanos);
    inFlight++;
    inFlightCost += cost;
    return attempt;
  }

  /** An attempt of this queue is no longer in flight, whatever became of it. */
  void answered(SendAttempt attempt) {
    assertLocked();
    inFlight--;
    inFlightCost -= attempt.cost();
    slow = false; // others may be in flight for long too: the next tick marks the queue again
  }

  /** Whether messages are in flight. */
  boolean hasInFlight() {
    assertLocked();
    return inFlight > 0;
  }

  /** How many bytes of the window its messages in flight use. */
  long inFlightCost() {
    assertLocked();
    return inFlightCost;
  }

  /**
   * Keeps an attempt that the window had room for while the queue was parked, for its next turn.
   */
  void grant(SendAttempt attempt) {
    assertLocked();
    granted = attempt;
  }

  /** Whether an attempt is kept for the next turn. */
  boolean hasGranted() {
    assertLocked();
    return granted != null;
  }

  /** Removes the attempt that was kept for this turn; null if there is none. */
  @Nullable SendAttempt takeGranted() {
    assertLocked();
    SendAttempt taken = granted;
    granted = null;
    return taken;
  }

  /** Kafka has acknowledged a message: the topic does not fail. */
  void acknowledged() {
    assertLocked();
    proven = true;
    failures = 0;
    lastError = "";
  }

  /** Sending failed, and the topic is the cause. */
  void failed(String error, long nowNanos) {
    assertLocked();
    lastError = error;
    if (failures++ == 0) {
      failingSinceNanos = nowNanos;
    }
  }

  /** A message has been in flight for long. */
  void answerOverdue() {
    assertLocked();
    slow = true;
  }

  /** Whether a message has been in flight for long. */
  boolean isSlow() {
    assertLocked();
    return slow;
  }

  /** Whether the topic has failed since its last acknowledgement. */
  boolean isFailing() {
    assertLocked();
    return failures > 0;
  }

  /** How often the topic has failed since its last acknowledgement. */
  int failures() {
    assertLocked();
    return failures;
  }

  /** When the topic began to fail; meaningless unless {@link #isFailing}. */
  long failingSinceNanos() {
    assertLocked();
    return failingSinceNanos;
  }

  /** The last error of the topic itself since its last acknowledgement; empty if there is none. */
  String lastError() {
    assertLocked();
    return lastError;
  }

  /** Whether its next message may stay unanswered for long, as far as is known. */
  boolean isTroubled() {
    assertLocked();
    return !proven || slow || failures > 0;
  }

  /** Sends nothing before this time. */
  void delayUntil(long nanos) {
    assertLocked();
    delayedUntilNanos = nanos;
  }

  /** Until when nothing is sent; a time that has passed if the queue is not delayed. */
  long delayedUntilNanos() {
    assertLocked();
    return delayedUntilNanos;
  }

  /** What the queue waits for. */
  QueuePlace place() {
    assertLocked();
    return place;
  }

  /** Waits for a turn. */
  void awaitTurn() {
    assertLocked();
    place = QueuePlace.READY;
  }

  /** Has got the turn that it waited for. */
  void beginTurn() {
    assertLocked();
    assert place == QueuePlace.READY : place;
    place = QueuePlace.TURN;
  }

  /** Has no turn any more. */
  void endTurn() {
    assertLocked();
    assert place == QueuePlace.TURN : place;
    place = QueuePlace.QUIET;
  }

  /** Waits for room in the window, which messages of other topics use. */
  void park() {
    assertLocked();
    place = QueuePlace.PARKED;
  }

  /** Waits for an answer to one of its own messages in flight. */
  void awaitOwnAnswer() {
    assertLocked();
    place = QueuePlace.OWN;
  }

  /** Waits for the end of its delay. */
  void awaitDelay() {
    assertLocked();
    place = QueuePlace.DELAYED;
  }

  /** Waits for nothing. */
  void rest() {
    assertLocked();
    place = QueuePlace.QUIET;
  }

  private void assertLocked() {
    assert Thread.holdsLock(lock) : "the lock of the queue of " + topic + " is not held";
  }
}
