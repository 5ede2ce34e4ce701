// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Sorts accepted records by Kafka topic, and makes messages of them. */
@NullMarked
package dcos.metrics.collector.batch;

import org.jspecify.annotations.NullMarked;
