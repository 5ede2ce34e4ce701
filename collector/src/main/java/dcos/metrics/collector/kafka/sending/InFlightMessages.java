// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages in flight of all topics, each with its share of the {@link InFlightWindow window}.
 * Not thread-safe: guarded by the monitor of the {@link TopicQueues} that owns it, which is also
 * the lock of the queues given to it.
 */
final class InFlightMessages {
  private final InFlightWindow window;
  private final LongSupplier nanoClock;
  private final Set<SendAttempt> attempts = new HashSet<>();
  private long bytes;

  /**
   * Creates it without messages.
   *
   * @param window used by these messages only
   */
  InFlightMessages(InFlightWindow window, LongSupplier nanoClock) {
    this.window = window;
    this.nanoClock = nanoClock;
  }

  /** Takes the next message of a queue; null if none waits, or the window has no room for it. */
  @Nullable SendAttempt tryTake(TopicQueue queue) {
    if (!queue.hasWaiting()) {
      return null;
    }
    long cost = window.cost(queue.head());
    if (window.ask(cost, queue.inFlightCost(), queue.isTroubled())
        != InFlightWindow.WindowAnswer.TAKE) {
      return null;
    }
    SendAttempt attempt = queue.takeNext(cost, nanoClock.getAsLong());
    window.take(cost, attempt.failing());
    bytes += attempt.message().bytes();
    attempts.add(attempt);
    return attempt;
  }

  /** Ends an attempt and frees its share of the window; false if it had ended. */
  boolean end(SendAttempt attempt) {
    if (!attempt.end()) {
      return false;
    }
    attempts.remove(attempt);
    bytes -= attempt.message().bytes();
    window.give(attempt.cost(), attempt.failing());
    attempt.queue().answered(attempt);
    return true;
  }

  /** The attempts that have not ended, in no order; a view. */
  Collection<SendAttempt> attempts() {
    return Collections.unmodifiableSet(attempts);
  }

  /** The bytes of the messages' records, before tags. */
  long bytes() {
    return bytes;
  }
}
