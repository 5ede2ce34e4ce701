// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The collector's own figures: one immutable snapshot, and what is told of it over StatsD, in the
 * log and to Prometheus.
 */
@NullMarked
package dcos.metrics.collector.figures;

import org.jspecify.annotations.NullMarked;
