// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

import java.util.List;
import java.util.OptionalLong;

/**
 * How Kafka fares.
 *
 * @param state whether it takes messages
 * @param sinceMs since when, since the epoch
 * @param lastError the last that was said, one line; empty if there was none
 * @param sending messages on their way
 * @param delivered messages that it has acknowledged
 * @param failed messages, or parts of such, that no retry mends
 * @param outages the last times that it was away, oldest first
 * @param outagesBefore how many there were before those
 */
public record CapturedKafka(
    KafkaAvailability state,
    long sinceMs,
    String lastError,
    long sending,
    long delivered,
    long failed,
    List<KafkaOutage> outages,
    long outagesBefore) {
  public CapturedKafka {
    outages = List.copyOf(outages);
  }

  /**
   * A time during which it took no message.
   *
   * @param fromMs since the epoch
   * @param toMs when it was over; none while it lasts
   * @param error why, one line; empty if nobody said
   */
  public record KafkaOutage(long fromMs, OptionalLong toMs, String error) {}

  /** Whether it takes messages. */
  public enum KafkaAvailability {
    /** Nothing is known. */
    UNKNOWN,
    UP,
    /** It acknowledges no messages, whether or not brokers can be reached. */
    NOT_DELIVERING,
    /** Nothing is sent. */
    DRY_RUN
  }
}
