// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** A real Kafka broker, started from its own jars. */
@NullMarked
package dcos.metrics.testkit.broker;

import org.jspecify.annotations.NullMarked;
