// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages in flight of all topics, each with its share of the {@link Window window}. Not
 * thread-safe: guarded by the monitor of the {@link Lanes} that owns it, which is also the lock of
 * the queues given to it.
 */
final class InFlightMessages {
  private final Window window;
  private final LongSupplier nanoClock;
  private final Set<Attempt> attempts = new HashSet<>();
  private long bytes;

  /**
   * Creates it without messages.
   *
   * @param window used by these messages only
   */
  InFlightMessages(Window window, LongSupplier nanoClock) {
    this.window = window;
    this.nanoClock = nanoClock;
  }

  /** Takes the next message of a queue; null if none waits, or the window has no room for it. */
  @Nullable Attempt tryTake(Lane lane) {
    if (!lane.hasWaiting()) {
      return null;
    }
    long cost = window.cost(lane.head());
    if (window.ask(cost, lane.inFlightCost(), lane.isTroubled()) != Window.Answer.TAKE) {
      return null;
    }
    Attempt attempt = lane.takeNext(cost, nanoClock.getAsLong());
    window.take(cost, attempt.troubled());
    bytes += attempt.message().bytes();
    attempts.add(attempt);
    return attempt;
  }

  /** Ends an attempt and frees its share of the window; false if it had ended. */
  boolean end(Attempt attempt) {
    if (!attempt.end()) {
      return false;
    }
    attempts.remove(attempt);
    bytes -= attempt.message().bytes();
    window.give(attempt.cost(), attempt.troubled());
    attempt.lane().answered(attempt);
    return true;
  }

  /** The attempts that have not ended, in no order; a view. */
  Collection<Attempt> attempts() {
    return Collections.unmodifiableSet(attempts);
  }

  /** The bytes of the messages' records, before tags. */
  long bytes() {
    return bytes;
  }
}
