// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import java.util.Locale;

/** The parts of the collector, as its own metrics name them. */
enum Component {
  TCP_INPUT,
  AGENT_POLL,
  TOPIC_SORTER,
  KAFKA_OUTPUT,
  MEMORY;

  /** Its part of the names of metrics: {@code tcp_input}. */
  String metricName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
