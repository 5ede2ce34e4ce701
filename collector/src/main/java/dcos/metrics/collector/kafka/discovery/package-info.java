// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Finds the addresses of the Kafka brokers: configured ones, or those that the framework's
 * scheduler returns.
 */
@NullMarked
package dcos.metrics.collector.kafka.discovery;

import org.jspecify.annotations.NullMarked;
