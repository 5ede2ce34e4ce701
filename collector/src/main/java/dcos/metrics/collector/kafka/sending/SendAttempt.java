// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.collector.message.Message;

/**
 * A message on its way: it has its share of the window, from before it is encoded until the client
 * has answered. Compared by identity. All but {@link #end} is immutable and callable by any thread;
 * {@code end} is guarded by the monitor of the {@link Lanes} that its queue belongs to.
 */
final class Attempt {
  private final Lane lane;
  private final Message message;
  private final long cost;
  private final boolean troubled;
  private final long sinceNanos;
  private boolean ended;

  Attempt(Lane lane, Message message, long cost, boolean troubled, long sinceNanos) {
    this.lane = lane;
    this.message = message;
    this.cost = cost;
    this.troubled = troubled;
    this.sinceNanos = sinceNanos;
  }

  Lane lane() {
    return lane;
  }

  Message message() {
    return message;
  }

  long cost() {
    return cost;
  }

  /** Whether its share is of what troubled topics may have. */
  boolean troubled() {
    return troubled;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  /** Ends it, once: whoever is told true decides what becomes of the message. */
  boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
