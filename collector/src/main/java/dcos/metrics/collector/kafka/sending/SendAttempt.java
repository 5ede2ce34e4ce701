// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import dcos.metrics.collector.message.Message;

/**
 * A message on its way: it has its share of the window, from before it is encoded until the client
 * has answered. Compared by identity. All but {@link #end} is immutable and callable by any thread;
 * {@code end} is guarded by the monitor of the {@link TopicQueues} that its queue belongs to.
 */
final class SendAttempt {
  private final TopicQueue queue;
  private final Message message;
  private final long cost;
  private final boolean failing;
  private final long sinceNanos;
  private boolean ended;

  SendAttempt(TopicQueue queue, Message message, long cost, boolean failing, long sinceNanos) {
    this.queue = queue;
    this.message = message;
    this.cost = cost;
    this.failing = failing;
    this.sinceNanos = sinceNanos;
  }

  TopicQueue queue() {
    return queue;
  }

  Message message() {
    return message;
  }

  long cost() {
    return cost;
  }

  /** Whether its share is of what troubled topics may have. */
  boolean failing() {
    return failing;
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
