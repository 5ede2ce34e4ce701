// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.inspector.table.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** As many rows as it is told, each made of its position. Thread-safe. */
public final class MadeRows<T> implements RowSource<T> {
  private final AtomicLong count = new AtomicLong();
  private final LongFunction<T> maker;

  public MadeRows(LongFunction<T> maker) {
    this.maker = maker;
  }

  public void add(long n) {
    count.addAndGet(n);
  }

  public void clear() {
    count.set(0);
  }

  @Override
  public long count() {
    return count.get();
  }

  @Override
  public List<T> range(long from, int n) {
    List<T> rows = new ArrayList<>();
    for (long i = from; i < Math.min(from + n, count.get()); i++) {
      rows.add(maker.apply(i));
    }
    return rows;
  }
}
