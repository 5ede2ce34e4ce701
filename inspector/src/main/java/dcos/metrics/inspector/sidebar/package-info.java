// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** The sidebar: sources, topics and Kafka. */
@NullMarked
package dcos.metrics.inspector.sidebar;

import org.jspecify.annotations.NullMarked;
