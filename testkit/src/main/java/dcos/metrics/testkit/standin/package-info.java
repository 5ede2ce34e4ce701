// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Stand-ins for the Mesos agent, its DNS and the Kafka framework: real servers with realistic
 * answers.
 */
@NullMarked
package dcos.metrics.testkit.standin;

import org.jspecify.annotations.NullMarked;
