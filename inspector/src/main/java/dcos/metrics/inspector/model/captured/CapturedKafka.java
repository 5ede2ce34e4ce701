// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.captured;

/**
 * How Kafka fares.
 *
 * @param state whether it takes messages
 * @param sinceMs since when, since the epoch
 * @param lastError the last that was said, one line; empty if there was none
 * @param sending messages on their way
 * @param delivered messages that it has acknowledged
 * @param failed messages, or parts of such, that no retry mends
 */
public record CapturedKafka(
    State state, long sinceMs, String lastError, long sending, long delivered, long failed) {
  /** Whether it takes messages. */
  public enum State {
    /** Nothing is known. */
    UNKNOWN,
    UP,
    DOWN,
    /** Nothing is sent. */
    DRY_RUN
  }
}
