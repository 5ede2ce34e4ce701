// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** What errors of the Kafka client mean for a message, and how they are reported. */
@NullMarked
package dcos.metrics.collector.kafka.error;

import org.jspecify.annotations.NullMarked;
