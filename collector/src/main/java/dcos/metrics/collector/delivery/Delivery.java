// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.delivery;

import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.outcome.Outcome;
import java.time.Duration;
import java.util.List;

/** Where finished messages go. Thread-safe. */
public interface Delivery extends AutoCloseable {

  /** Told of every message that was submitted, exactly once for each of its records. */
  @FunctionalInterface
  interface Settlements {
    /** The message, or a part of one that was split; called on any thread, must not block. */
    void settled(Message message, Outcome outcome);
  }

  void start();

  /** Takes the message over; never blocks and never drops. */
  void submit(Message message);

  /**
   * Whether messages of this topic were submitted that are not on their way yet: more would only
   * wait behind them.
   */
  boolean isBehind(String topic);

  /** How it goes. */
  DeliveryStatus status();

  /** The topics whose messages the destination does not take at present; in an outage, all. */
  List<WaitingTopic> waitingTopics();

  /** Somebody waits for memory: send what lingers now. */
  void endLinger();

  /**
   * Waits until all that was submitted is settled, at most this long; what is left settles as
   * {@code SHUTDOWN}.
   */
  void drain(Duration timeout);

  /** Drains nothing; lets go of threads and connections. Idempotent. */
  @Override
  void close();
}
