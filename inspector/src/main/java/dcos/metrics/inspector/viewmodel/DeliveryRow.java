// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

/**
 * A Kafka message.
 *
 * @param position in the order in which they were made
 * @param millis when it was made, by the wall clock, since 1970
 * @param trigger what made a message of its records
 * @param state in words: batching, spooled, sending, delivered where, failed and why, dry run
 * @param batchMillis from its first record until it was made
 * @param ackMillis from then until it was acknowledged, or until now
 */
public record DeliveryRow(
    long position,
    long millis,
    String topic,
    int records,
    long bytes,
    String trigger,
    String state,
    Tone tone,
    double batchMillis,
    double ackMillis) {}
