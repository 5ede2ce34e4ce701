// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.collector.message.Message;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One topic's messages that wait, and how the topic does. There only while it has messages. All but
 * the topic is guarded by the lock of {@link Lanes}.
 */
final class Lane {
  /** Where it is: in exactly one of these. */
  enum Place {
    /** Nothing waits; all it has is on its way. */
    QUIET,
    /** Waits for a turn. */
    READY,
    /** Has a turn: a thread works for it. */
    TURN,
    /** Waits for a share of the window, behind others. */
    PARKED,
    /** Waits until something of its own that is on its way is answered. */
    OWN,
    /** Waits for a while after a failure. */
    DELAYED
  }

  private final String topic;
  final ArrayDeque<Message> waiting = new ArrayDeque<>(2);
  Place place = Place.QUIET;
  int onTheirWay;
  long costOnTheWay;

  /** A share of the window that it was given while parked, for the turn that follows. */
  @Nullable Attempt granted;

  /** Kafka has acknowledged its last message. */
  boolean proven;

  /** The oldest message on its way has been so for long. */
  boolean slow;

  /** In a row; zero once a message is acknowledged. */
  int failures;

  /** Whether its turn counts as one of a failing topic. */
  boolean retrying;

  long failingSinceNanos;
  long notBeforeNanos;
  String lastError = "";

  Lane(String topic, long nowNanos) {
    this.topic = topic;
    this.notBeforeNanos = nowNanos;
  }

  String topic() {
    return topic;
  }

  /** Whether it may stay unanswered for long, as far as is known. */
  boolean isTroubled() {
    return !proven || slow || failures > 0;
  }
}
