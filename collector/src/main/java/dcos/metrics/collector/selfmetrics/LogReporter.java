// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes a line for each component. Topics are left to {@code /metrics} and {@code /ledger}: a
 * thousand lines a period would bury the log.
 */
final class LogReporter implements SelfMetricReporter.Reporter {
  private final Logger logger;

  LogReporter(Logger logger) {
    this.logger = logger;
  }

  @Override
  public void report(Map<Component, Map<String, Long>> period, SelfMetricSnapshot selfMetrics) {
    period.forEach(
        (component, values) -> {
          LoggingEventBuilder line =
              logger.atInfo().addKeyValue("component", component.metricName());
          for (Map.Entry<String, Long> value : values.entrySet()) {
            line = line.addKeyValue(value.getKey(), value.getValue());
          }
          line.log("self-metrics");
        });
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}
