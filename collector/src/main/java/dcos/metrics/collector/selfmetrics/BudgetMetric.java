// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import dcos.metrics.collector.selfmetrics.SelfMetric.MetricKind;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A number that every budget of memory has.
 *
 * @param name lower case with underscores; its unit comes last
 * @param help one sentence, for Prometheus
 */
record BudgetMetric(
    String name,
    MetricKind kind,
    String help,
    ToLongFunction<SelfMetricSnapshot.BudgetUse> reading) {

  static final List<BudgetMetric> ALL =
      List.of(
          new BudgetMetric(
              "limit_bytes",
              MetricKind.GAUGE,
              "The most that a budget of memory gives out.",
              SelfMetricSnapshot.BudgetUse::limitBytes),
          new BudgetMetric(
              "used_bytes",
              MetricKind.GAUGE,
              "Bytes of a memory budget that are in use now.",
              SelfMetricSnapshot.BudgetUse::usedBytes),
          new BudgetMetric(
              "waits",
              MetricKind.COUNTER,
              "How often a memory budget had too few free bytes.",
              SelfMetricSnapshot.BudgetUse::waits),
          new BudgetMetric(
              "exhausted",
              MetricKind.GAUGE,
              "Whether a memory budget has too few free bytes now: 1 or 0.",
              budget -> budget.exhausted() ? 1 : 0));

  long of(SelfMetricSnapshot.BudgetUse budget) {
    return reading.applyAsLong(budget);
  }
}
