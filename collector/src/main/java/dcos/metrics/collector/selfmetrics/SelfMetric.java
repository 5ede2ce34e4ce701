// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One number of the collector: where it belongs, what it is called and how it is read.
 *
 * @param name lower case with underscores; what it counts comes last
 * @param kind whether a period is told its difference or where it stands
 * @param help one sentence, for Prometheus
 */
record SelfMetric(
    Component component,
    String name,
    MetricKind kind,
    String help,
    ToLongFunction<SelfMetricSnapshot> reading) {

  /** How a figure moves. */
  enum MetricKind {
    /** Only ever up: a period's own is the difference to the one before. */
    COUNTER,
    /** Up and down, and never below zero. */
    GAUGE
  }

  /** Every figure that is not by topic, in the order in which it is told. */
  static List<SelfMetric> all() {
    return SelfMetricCatalog.SELF_METRICS;
  }

  long of(SelfMetricSnapshot selfMetrics) {
    return reading.applyAsLong(selfMetrics);
  }
}
