// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import dcos.metrics.collector.selfmetrics.SelfMetric.MetricKind;
import dcos.metrics.collector.settings.Settings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the collector's own figures once a period: as StatsD gauges {@code
 * dcos.metrics.collector.<component>.<name>}, or in the log, a line for each component, where there
 * is no StatsD host. Counts are told as what the period added, levels as where they stand. A
 * failure costs the period's gauges and nothing else.
 *
 * <p>Started and closed by one thread; reports come from a thread of its own, since looking a host
 * up may take long.
 */
public final class SelfMetricReporter implements AutoCloseable {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  private final Duration period;
  private final Supplier<SelfMetricSnapshot> source;
  private final Reporter reporter;
  private final Logger logger;
  private final ScheduledExecutorService schedule;
  // Reporting thread only; the closing thread once that one has ended.
  private final CounterDeltas<SelfMetric> differences = new CounterDeltas<>();
  private final CounterDeltas<String> budgetDifferences = new CounterDeltas<>();
  // Owned by the thread that starts and closes.
  private boolean started;
  private boolean closed;

  /** Where the figures of a period go. One thread at a time. */
  interface Reporter extends AutoCloseable {
    void report(Map<Component, Map<String, Long>> period, SelfMetricSnapshot selfMetrics);

    @Override
    void close();
  }

  public SelfMetricReporter(Settings.Statsd settings, Supplier<SelfMetricSnapshot> source) {
    this(settings, source, LoggerFactory.getLogger(SelfMetricReporter.class));
  }

  SelfMetricReporter(Settings.Statsd settings, Supplier<SelfMetricSnapshot> source, Logger logger) {
    this.period = settings.period();
    this.source = source;
    this.logger = logger;
    this.reporter =
        settings
            .host()
            .<Reporter>map(
                host -> new StatsdReporter(host, settings.port(), logger, InetAddress::getByName))
            .orElseGet(() -> new LogReporter(logger));
    this.schedule =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("self-metrics").factory());
  }

  /** The first report comes after one period. */
  public void start() {
    started = true;
    var _ =
        schedule.scheduleAtFixedRate(
            this::reportOrLog, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Reports what the last period has so far, within two seconds or not at all. Idempotent. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (started) {
      schedule.execute(this::reportOrLog);
    }
    schedule.shutdown();
    try {
      if (!schedule.awaitTermination(CLOSE_WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
        schedule.shutdownNow();
      }
    } catch (InterruptedException e) {
      schedule.shutdownNow();
      Thread.currentThread().interrupt();
    }
    reporter.close();
  }

  /** Ends a period. Reporting thread only. */
  void report() {
    SelfMetricSnapshot selfMetrics = source.get();
    Map<Component, Map<String, Long>> values = new EnumMap<>(Component.class);
    for (SelfMetric selfMetric : SelfMetric.all()) {
      long value = selfMetric.of(selfMetrics);
      values
          .computeIfAbsent(selfMetric.component(), _ -> new LinkedHashMap<>())
          .put(
              selfMetric.name(),
              selfMetric.kind() == MetricKind.GAUGE ? value : differences.since(selfMetric, value));
    }
    differences.endPeriod();
    values.put(Component.MEMORY, budgets(selfMetrics));
    reporter.report(values, selfMetrics);
  }

  private Map<String, Long> budgets(SelfMetricSnapshot selfMetrics) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (SelfMetricSnapshot.BudgetUse budget : selfMetrics.budgets()) {
      for (BudgetMetric selfMetric : BudgetMetric.ALL) {
        String name = budget.name() + "_" + selfMetric.name();
        long value = selfMetric.of(budget);
        values.put(
            name,
            selfMetric.kind() == MetricKind.GAUGE ? value : budgetDifferences.since(name, value));
      }
    }
    budgetDifferences.endPeriod();
    return values;
  }

  private void reportOrLog() {
    try {
      report();
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule silently.
      logger.atError().setCause(e).log("can not report the collector's own figures");
    }
  }
}
