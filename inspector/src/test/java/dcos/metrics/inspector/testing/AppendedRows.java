// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.inspector.table.RowSource;
import java.util.ArrayList;
import java.util.List;

/** Rows that one thread appends while another reads; the last 65,536 are kept. Thread-safe. */
public final class AppendedRows<T> implements RowSource<T> {
  private static final int KEPT = 1 << 16;

  // Both guarded by this.
  private final List<T> ring = new ArrayList<>();
  private long count;
  // FX thread only: how often a page was read.
  private long reads;

  public synchronized void append(T row) {
    if (ring.size() < KEPT) {
      ring.add(row);
    } else {
      ring.set((int) (count % KEPT), row);
    }
    count++;
  }

  /** How often rows were read. */
  public synchronized long reads() {
    return reads;
  }

  @Override
  public synchronized long count() {
    return count;
  }

  @Override
  public synchronized List<T> range(long from, int n) {
    reads++;
    List<T> rows = new ArrayList<>(n);
    for (long i = Math.max(from, count - KEPT); i < Math.min(from + n, count); i++) {
      rows.add(ring.get((int) (i % KEPT)));
    }
    return rows;
  }
}
