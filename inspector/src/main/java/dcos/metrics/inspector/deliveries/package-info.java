// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The table of Kafka messages. */
@NullMarked
package dcos.metrics.inspector.deliveries;

import org.jspecify.annotations.NullMarked;
