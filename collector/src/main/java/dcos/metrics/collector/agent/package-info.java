// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/** Asks the node's Mesos agent for its figures and for what it runs. */
@NullMarked
package dcos.metrics.collector.agent;

import org.jspecify.annotations.NullMarked;
