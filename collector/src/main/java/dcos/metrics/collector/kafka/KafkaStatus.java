// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.collector.kafka.producer.KafkaState;
import java.time.Duration;
import java.util.Optional;

/**
 * How sending to Kafka goes, at one moment. Counts are since the start; bytes are the records' own,
 * before tags.
 *
 * @param state whether messages are being acknowledged
 * @param lasted how long that has been so; an outage counts from its beginning
 * @param lastError the last error, of this outage or an earlier one
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
record KafkaStatus(
    KafkaState state,
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

  /** Whether an outage lasts. */
  boolean down() {
    return state.isOutage();
  }
}
