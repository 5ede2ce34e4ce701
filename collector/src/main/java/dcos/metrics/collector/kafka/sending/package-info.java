// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** One queue per topic, the in-flight window, and retries until Kafka acknowledges a message. */
@NullMarked
package dcos.metrics.collector.kafka.sending;

import org.jspecify.annotations.NullMarked;
