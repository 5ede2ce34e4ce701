// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The Kafka producer: its settings, its replacement when it can no longer send, checks of which
 * brokers can be reached, and outages.
 */
@NullMarked
package dcos.metrics.collector.kafka.producer;

import org.jspecify.annotations.NullMarked;
