// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Properties of the Kafka client: which values may be printed, and which can never work. */
@NullMarked
package dcos.metrics.collector.kafka.properties;

import org.jspecify.annotations.NullMarked;
