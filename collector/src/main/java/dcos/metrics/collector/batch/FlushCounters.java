// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.collector.message.Trigger;
import java.util.EnumMap;
import java.util.Map;

/** How many messages each trigger made. Thread-safe. */
final class TriggerCounts {
  // Guarded by this.
  private final Map<Trigger, Long> counts = new EnumMap<>(Trigger.class);

  synchronized void add(Trigger trigger) {
    counts.merge(trigger, 1L, Long::sum);
  }

  synchronized Map<Trigger, Long> snapshot() {
    return Map.copyOf(counts);
  }
}
