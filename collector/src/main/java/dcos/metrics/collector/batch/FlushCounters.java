// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.collector.message.FlushTrigger;
import java.util.EnumMap;
import java.util.Map;

/** How many messages each trigger made. Thread-safe. */
final class FlushCounters {
  // Guarded by this.
  private final Map<FlushTrigger, Long> counts = new EnumMap<>(FlushTrigger.class);

  synchronized void add(FlushTrigger trigger) {
    counts.merge(trigger, 1L, Long::sum);
  }

  synchronized Map<FlushTrigger, Long> snapshot() {
    return Map.copyOf(counts);
  }
}
