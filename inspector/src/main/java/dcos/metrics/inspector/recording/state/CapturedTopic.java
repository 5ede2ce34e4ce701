// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.Map;

/**
 * A Kafka topic.
 *
 * @param records by term of the ledger's equation
 * @param batching accepted, and in no message yet
 * @param messages that were made
 * @param perSecond records, lately
 */
public record CapturedTopic(
    String name, Map<LedgerTerm, Long> records, long batching, long messages, double perSecond) {}
