// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import java.util.concurrent.TimeUnit;

/** Counts rows, and tells of it now and then. Not thread-safe. */
final class ExportProgress {
  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ExportTask.ExportListener listener;
  private long rows;
  private long told = System.nanoTime();

  ExportProgress(ExportTask.ExportListener listener) {
    this.listener = listener;
  }

  void wrote(long more) {
    rows += more;
  }

  long rows() {
    return rows;
  }

  void tell(double share) {
    long now = System.nanoTime();
    if (now - told >= NANOS) {
      told = now;
      listener.progressed(share, rows);
    }
  }
}
