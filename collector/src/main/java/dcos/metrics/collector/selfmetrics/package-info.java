// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The collector's self-metrics: one immutable snapshot per period, reported to StatsD, to the log
 * and to Prometheus.
 */
@NullMarked
package dcos.metrics.collector.selfmetrics;

import org.jspecify.annotations.NullMarked;
