// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A Kafka message in the making: shared slices of records, what set it off, and what became of it.
 */
@NullMarked
package dcos.metrics.collector.message;

import org.jspecify.annotations.NullMarked;
