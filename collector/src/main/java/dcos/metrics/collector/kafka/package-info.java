// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Delivers messages to Kafka and retries for as long as it takes. Only this package and those below
 * it use the Kafka client.
 */
@NullMarked
package dcos.metrics.collector.kafka;

import org.jspecify.annotations.NullMarked;
