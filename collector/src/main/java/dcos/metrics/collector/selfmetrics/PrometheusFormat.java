// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.figures;

import dcos.metrics.collector.figures.Figure.Kind;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.outcome.Term;
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
public final class PrometheusText {
  /** What {@link #write} writes, as HTTP names it. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final String PREFIX = "metrics_collector_";

  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final ProcessFigures process = new ProcessFigures();

  /** Writes all figures; the stream stays open. */
  public void write(Figures figures, OutputStream out) throws IOException {
    MetricSnapshots.Builder metrics = MetricSnapshots.builder();
    for (Figure figure : Figure.all()) {
      metrics.metricSnapshot(single(figure, figures));
    }
    for (BudgetFigure figure : BudgetFigure.ALL) {
      metrics.metricSnapshot(budgets(figure, figures));
    }
    for (Unit unit : Unit.values()) {
      metrics.metricSnapshot(terms(unit, figures.ledger().total()));
      metrics.metricSnapshot(held(unit, figures.ledger().total()));
      metrics.metricSnapshot(topicTerms(unit, figures.ledger()));
      metrics.metricSnapshot(topicsHeld(unit, figures.ledger()));
    }
    process.addTo(metrics);
    writer.write(out, metrics.build());
  }

  private static MetricSnapshot single(Figure figure, Figures figures) {
    String name = PREFIX + figure.component().metricName() + "_" + figure.name();
    long value = figure.of(figures);
    return switch (figure.kind()) {
      case COUNT ->
          CounterSnapshot.builder()
              .name(name)
              .help(figure.help())
              .dataPoint(counter(value, Labels.EMPTY))
              .build();
      case LEVEL ->
          GaugeSnapshot.builder()
              .name(name)
              .help(figure.help())
              .dataPoint(gauge(value, Labels.EMPTY))
              .build();
    };
  }

  private static MetricSnapshot budgets(BudgetFigure figure, Figures figures) {
    String name = PREFIX + Component.MEMORY.metricName() + "_budget_" + figure.name();
    return switch (figure.kind()) {
      case COUNT -> {
        CounterSnapshot.Builder metric = CounterSnapshot.builder().name(name).help(figure.help());
        for (Figures.BudgetUse budget : figures.budgets()) {
          metric.dataPoint(counter(figure.of(budget), Labels.of("budget", budget.name())));
        }
        yield metric.build();
      }
      case LEVEL -> {
        GaugeSnapshot.Builder metric = GaugeSnapshot.builder().name(name).help(figure.help());
        for (Figures.BudgetUse budget : figures.budgets()) {
          metric.dataPoint(gauge(figure.of(budget), Labels.of("budget", budget.name())));
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
    for (Term term : Term.counted()) {
      if (term != Term.HELD) {
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
        .dataPoint(gauge(unit.of(total, Term.HELD), Labels.EMPTY))
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
      for (TopicFigure figure : TopicFigure.ALL) {
        long value = figure.of(topic.counts());
        if (figure.unit() == unit && figure.kind() == Kind.COUNT && value != 0) {
          metric.dataPoint(counter(value, Labels.of("topic", topic.name(), "term", figure.term())));
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
      long value = unit.of(topic.counts(), Term.HELD);
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
