// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which topic may send next. A queue with messages waits in one of three places: for a
 * {@link RoundRobin turn}, for room in the window in {@link WindowWaiters}, or for the end of its
 * delay in {@link Backoff}. Not thread-safe: guarded by the monitor of the {@link TopicQueues} that
 * owns it, which is also the lock of the queues given to it.
 */
final class SendScheduler {
  private final WindowWaiters waiters;
  private final RoundRobin roundRobin = new RoundRobin();
  private final Backoff backoff;
  private final MessageTaker taker;
  private final Consumer<TopicQueue> emptied;
  private final WindowWaiters.Attendant attendant = new Grants();
  private boolean stopped;

  /** Takes the next message of a queue, if there is one that may be sent now. */
  @FunctionalInterface
  interface MessageTaker {
    /** Null if none waits, or the window has no room for it. */
    @Nullable SendAttempt tryTake(TopicQueue queue);
  }

  /**
   * Creates a scheduler without queues.
   *
   * @param window that the taker takes room from
   * @param emptied called with a queue that has no messages left, neither waiting nor in flight
   */
  SendScheduler(
      InFlightWindow window,
      LongSupplier nanoClock,
      MessageTaker taker,
      Consumer<TopicQueue> emptied) {
    this.waiters = new WindowWaiters(window);
    this.backoff = new Backoff(nanoClock);
    this.taker = taker;
    this.emptied = emptied;
  }

  /** The messages of a queue have changed: finds a place for it if it has none. */
  void changed(TopicQueue queue) {
    if (queue.place() == TopicQueue.QueuePlace.QUIET) {
      place(queue);
    }
  }

  /** A message of a queue is no longer in flight. */
  void answered(TopicQueue queue) {
    waiters.ownAnswered(queue);
  }

  /**
   * Gives the next queue its turn, which {@link #admit} or {@link #endTurn} ends.
   *
   * @param most how many queues may have a turn at once
   * @return null if no queue waits for a turn, or none may have one now
   */
  @Nullable TopicQueue nextTurn(int most) {
    return stopped ? null : roundRobin.next(most);
  }

  /** Takes the next message of a queue that has a turn; null if none may be sent: it has ended. */
  @Nullable SendAttempt admit(TopicQueue queue) {
    SendAttempt attempt = queue.takeGranted();
    if (attempt == null && !stopped && !backoff.isDelayed(queue)) {
      attempt = taker.tryTake(queue);
    }
    if (attempt == null) {
      roundRobin.end(queue);
      if (queue.hasWaiting() && !backoff.isDelayed(queue)) {
        waiters.park(queue);
      }
      changed(queue);
      grant();
    }
    return attempt;
  }

  /** Ends a turn in which nothing was sent. */
  void endTurn(TopicQueue queue) {
    roundRobin.end(queue);
    changed(queue);
    grant();
  }

  /** Delays a queue, unless it is delayed. */
  void delay(TopicQueue queue, boolean topicsFault, String error) {
    backoff.begin(queue, topicsFault, error);
  }

  /** Ends the delays that are over. */
  void endDelays() {
    for (TopicQueue queue = backoff.poll(); queue != null; queue = backoff.poll()) {
      place(queue);
    }
  }

  /** Ends the delays of queues whose topics do not fail themselves. */
  void hurry() {
    backoff.hurry().forEach(this::place);
  }

  /** The window may have room: gives it to queues that wait for it. */
  void grant() {
    if (!stopped) {
      waiters.grant(attendant);
    }
  }

  /** Whether messages of ordinary size wait for room in the window. */
  boolean isCrowded() {
    return waiters.isCrowded();
  }

  /** From now on there are no turns and no grants. */
  void stop() {
    stopped = true;
  }

  private void place(TopicQueue queue) {
    if (!queue.hasGranted() && !queue.hasWaiting()) {
      queue.rest();
      if (!queue.hasInFlight()) {
        emptied.accept(queue);
      }
    } else if (!queue.hasGranted() && backoff.isDelayed(queue)) {
      backoff.add(queue);
    } else {
      roundRobin.add(queue);
    }
  }

  private final class Grants implements WindowWaiters.Attendant {
    @Override
    public boolean tryGrant(TopicQueue queue) {
      SendAttempt attempt = taker.tryTake(queue);
      if (attempt == null) {
        return false;
      }
      queue.grant(attempt);
      return true;
    }

    @Override
    public void leave(TopicQueue queue) {
      place(queue);
    }
  }
}
