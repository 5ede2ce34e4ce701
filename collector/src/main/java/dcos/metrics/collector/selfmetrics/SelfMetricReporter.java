// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.figures;

import dcos.metrics.collector.figures.Figure.Kind;
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
public final class SelfMetrics implements AutoCloseable {
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  private final Duration period;
  private final Supplier<Figures> source;
  private final Reporter reporter;
  private final Logger logger;
  private final ScheduledExecutorService schedule;
  // Reporting thread only; the closing thread once that one has ended.
  private final Differences<Figure> differences = new Differences<>();
  private final Differences<String> budgetDifferences = new Differences<>();
  // Owned by the thread that starts and closes.
  private boolean started;
  private boolean closed;

  /** Where the figures of a period go. One thread at a time. */
  interface Reporter extends AutoCloseable {
    void report(Map<Component, Map<String, Long>> period, Figures figures);

    @Override
    void close();
  }

  public SelfMetrics(Settings.Statsd settings, Supplier<Figures> source) {
    this(settings, source, LoggerFactory.getLogger(SelfMetrics.class));
  }

  SelfMetrics(Settings.Statsd settings, Supplier<Figures> source, Logger logger) {
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
            this::reportOrSay, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Reports what the last period has so far, within two seconds or not at all. Idempotent. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (started) {
      schedule.execute(this::reportOrSay);
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
    Figures figures = source.get();
    Map<Component, Map<String, Long>> values = new EnumMap<>(Component.class);
    for (Figure figure : Figure.all()) {
      long value = figure.of(figures);
      values
          .computeIfAbsent(figure.component(), _ -> new LinkedHashMap<>())
          .put(
              figure.name(),
              figure.kind() == Kind.LEVEL ? value : differences.since(figure, value));
    }
    differences.endPeriod();
    values.put(Component.MEMORY, budgets(figures));
    reporter.report(values, figures);
  }

  private Map<String, Long> budgets(Figures figures) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (Figures.BudgetUse budget : figures.budgets()) {
      for (BudgetFigure figure : BudgetFigure.ALL) {
        String name = budget.name() + "_" + figure.name();
        long value = figure.of(budget);
        values.put(
            name, figure.kind() == Kind.LEVEL ? value : budgetDifferences.since(name, value));
      }
    }
    budgetDifferences.endPeriod();
    return values;
  }

  private void reportOrSay() {
    try {
      report();
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule silently.
      logger.atError().setCause(e).log("can not report the collector's own figures");
    }
  }
}
