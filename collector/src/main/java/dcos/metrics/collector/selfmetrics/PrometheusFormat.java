// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.selfmetrics.SelfMetric.MetricKind;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The figures as Prometheus reads them: those of StatsD, but cumulative, the budgets of memory by
 * name, and the ledger by term and by topic. Connections are left to {@code /ledger}: each would
 * leave a series behind for ever. Thread-safe.
 */
public final class PrometheusFormat {
  /** What {@link #write} writes, as HTTP names it. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final String PREFIX = "metrics_collector_";

  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final ProcessMetrics process = new ProcessMetrics();

  /** Writes all figures; the stream stays open. */
  public void write(SelfMetricSnapshot selfMetrics, OutputStream out) throws IOException {
    MetricSnapshots.Builder metrics = MetricSnapshots.builder();
    for (SelfMetric selfMetric : SelfMetric.all()) {
      metrics.metricSnapshot(single(selfMetric, selfMetrics));
    }
    for (BudgetMetric selfMetric : BudgetMetric.ALL) {
      metrics.metricSnapshot(budgets(selfMetric, selfMetrics));
    }
    for (Unit unit : Unit.values()) {
      metrics.metricSnapshot(terms(unit, selfMetrics.ledger().total()));
      metrics.metricSnapshot(held(unit, selfMetrics.ledger().total()));
      metrics.metricSnapshot(topicTerms(unit, selfMetrics.ledger()));
      metrics.metricSnapshot(topicsHeld(unit, selfMetrics.ledger()));
    }
    process.addTo(metrics);
    writer.write(out, metrics.build());
  }

  private static MetricSnapshot single(SelfMetric selfMetric, SelfMetricSnapshot selfMetrics) {
    String name = PREFIX + selfMetric.component().metricName() + "_" + selfMetric.name();
    long value = selfMetric.of(selfMetrics);
    return switch (selfMetric.kind()) {
      case COUNTER ->
          CounterSnapshot.builder()
              .name(name)
              .help(selfMetric.help())
              .dataPoint(counter(value, Labels.EMPTY))
              .build();
      case GAUGE ->
          GaugeSnapshot.builder()
              .name(name)
              .help(selfMetric.help())
              .dataPoint(gauge(value, Labels.EMPTY))
              .build();
    };
  }

  private static MetricSnapshot budgets(BudgetMetric selfMetric, SelfMetricSnapshot selfMetrics) {
    String name = PREFIX + Component.MEMORY.metricName() + "_budget_" + selfMetric.name();
    return switch (selfMetric.kind()) {
      case COUNTER -> {
        CounterSnapshot.Builder metric =
            CounterSnapshot.builder().name(name).help(selfMetric.help());
        for (SelfMetricSnapshot.BudgetUse budget : selfMetrics.budgets()) {
          metric.dataPoint(counter(selfMetric.of(budget), Labels.of("budget", budget.name())));
        }
        yield metric.build();
      }
      case GAUGE -> {
        GaugeSnapshot.Builder metric = GaugeSnapshot.builder().name(name).help(selfMetric.help());
        for (SelfMetricSnapshot.BudgetUse budget : selfMetrics.budgets()) {
          metric.dataPoint(gauge(selfMetric.of(budget), Labels.of("budget", budget.name())));
        }
        yield metric.build();
      }
    };
  }

  private static MetricSnapshot terms(Unit unit, Counts total) {
    CounterSnapshot.Builder metric =
        CounterSnapshot.builder()
            .name(PREFIX + unit.noun)
            .help(unit.phrase + " by what became of them: received + recovered is all the rest.");
    for (LedgerTerm term : LedgerTerm.counted()) {
      if (term != LedgerTerm.HELD) {
        Labels labels = Labels.of("term", term.kind(), "reason", term.reason());
        metric.dataPoint(counter(unit.of(total, term), labels));
      }
    }
    return metric.build();
  }

  private static MetricSnapshot held(Unit unit, Counts total) {
    return GaugeSnapshot.builder()
        .name(PREFIX + "held_" + unit.noun)
        .help(unit.phrase + " held now, which completes the equation.")
        .dataPoint(gauge(unit.of(total, LedgerTerm.HELD), Labels.EMPTY))
        .build();
  }

  /** What never happened to a topic has no line: most topics know two terms of eight. */
  private static MetricSnapshot topicTerms(Unit unit, LedgerSnapshot ledger) {
    CounterSnapshot.Builder metric =
        CounterSnapshot.builder()
            .name(PREFIX + "topic_" + unit.noun)
            .help(
                unit.phrase
                    + " of a topic by what became of them; the topic that rested longest folds"
                    + " into \"other\" where there are more than a thousand.");
    for (LedgerSnapshot.Line topic : ledger.topics()) {
      for (TopicMetric selfMetric : TopicMetric.ALL) {
        long value = selfMetric.of(topic.counts());
        if (selfMetric.unit() == unit && selfMetric.kind() == MetricKind.COUNTER && value != 0) {
          metric.dataPoint(
              counter(value, Labels.of("topic", topic.name(), "term", selfMetric.term())));
        }
      }
    }
    return metric.build();
  }

  private static MetricSnapshot topicsHeld(Unit unit, LedgerSnapshot ledger) {
    GaugeSnapshot.Builder metric =
        GaugeSnapshot.builder()
            .name(PREFIX + "topic_held_" + unit.noun)
            .help(unit.phrase + " of a topic that are held now.");
    for (LedgerSnapshot.Line topic : ledger.topics()) {
      long value = unit.of(topic.counts(), LedgerTerm.HELD);
      metric.dataPoint(gauge(value, Labels.of("topic", topic.name())));
    }
    return metric.build();
  }

  // Prometheus knows doubles only, which are exact up to 2^53.
  private static CounterDataPointSnapshot counter(long value, Labels labels) {
    return CounterDataPointSnapshot.builder().value((double) value).labels(labels).build();
  }

  private static GaugeDataPointSnapshot gauge(long value, Labels labels) {
    return GaugeDataPointSnapshot.builder().value((double) value).labels(labels).build();
  }
}
