// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import java.time.Duration;
import java.util.Optional;

/**
 * How sending to Kafka goes, at one moment. Counts are since the start; bytes are the records' own,
 * before tags.
 *
 * @param down whether Kafka cannot be reached, or takes nothing
 * @param answered whether any broker has answered since the start
 * @param lasted how long it has been down, or up, or sought for the first time
 * @param lastError what was wrong the last time that something was
 * @param brokers what the present client began with, comma separated; empty while there is none
 * @param clients how many clients were made
 * @param submitted messages that were handed over
 * @param acknowledged messages, parts of split ones among them, that Kafka has taken
 * @param resent how often a message was sent again
 * @param split messages that were too large and went in parts
 * @param undeliverable messages, or parts, that no retry mends
 * @param topics that have a message waiting or on its way
 * @param failingTopics of these, which take no messages at present
 * @param waitingMessages not handed to the client
 * @param onTheirWayMessages handed to the client, not acknowledged
 */
public record KafkaFigures(
    boolean down,
    boolean answered,
    Duration lasted,
    Optional<String> lastError,
    String brokers,
    int clients,
    long submitted,
    long acknowledged,
    long resent,
    long split,
    long undeliverable,
    int topics,
    int failingTopics,
    int waitingMessages,
    long waitingBytes,
    int onTheirWayMessages,
    long onTheirWayBytes) {
  /**
   * Whether Kafka takes messages, as far as is known: a broker has answered, and none is sought.
   */
  public boolean up() {
    return answered && !down;
  }
}
