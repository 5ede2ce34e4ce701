// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Messages into Kafka: finding the brokers, a lane a topic, retrying for as long as it takes. The
 * only package that knows the Kafka client.
 */
@NullMarked
package dcos.metrics.collector.kafka;

import org.jspecify.annotations.NullMarked;
