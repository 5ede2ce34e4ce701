// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

/**
 * A topic whose messages Kafka does not take at present, as {@code /ledger} lists it.
 *
 * @param topic Kafka's name of it
 * @param messages not acknowledged
 * @param records in these messages
 * @param bytes of these records, before tags
 * @param error the last one, one line
 */
public record WaitingTopic(String topic, int messages, long records, long bytes, String error) {}
