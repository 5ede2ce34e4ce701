// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** What the ledger does not know of connections. Thread-safe. */
final class InputCounters {
  private final LongAdder opened = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder broken = new LongAdder();
  private final LongAdder blocks = new LongAdder();
  private final LongAdder closedBytes = new LongAdder();

  void opened() {
    opened.increment();
  }

  void refused() {
    refused.increment();
  }

  void broken() {
    broken.increment();
  }

  void block() {
    blocks.increment();
  }

  /** A connection ended, after so many bytes. */
  void closed(long bytesRead) {
    closedBytes.add(bytesRead);
  }

  /**
   * As of now.
   *
   * @param sessionsOpen asked after those opened were counted: one of them is open, or over
   */
  SelfMetricSnapshot.InputMetrics snapshot(IntSupplier sessionsOpen, long openBytes) {
    return new SelfMetricSnapshot.InputMetrics(
        opened.sum(),
        sessionsOpen.getAsInt(),
        refused.sum(),
        broken.sum(),
        closedBytes.sum() + openBytes,
        blocks.sum());
  }
}
