// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.deliveries;

import dcos.metrics.inspector.table.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Messages, and behind them what is to become the next ones. FX thread only. */
final class DeliveryRows implements RowSource<DeliveryRow> {
  private final RowSource<DeliveryRow> made;
  private final Supplier<List<DeliveryRow>> batching;
  // As they were when they were counted, so that a page fits to that.
  private long madeThen;
  private List<DeliveryRow> batchingThen = List.of();

  DeliveryRows(RowSource<DeliveryRow> made, Supplier<List<DeliveryRow>> batching) {
    this.made = made;
    this.batching = batching;
  }

  @Override
  public long count() {
    madeThen = made.count();
    batchingThen = batching.get();
    return madeThen + batchingThen.size();
  }

  @Override
  public long pending() {
    return batchingThen.size();
  }

  @Override
  public List<DeliveryRow> range(long from, int n) {
    long end = Math.min(from + n, madeThen + batchingThen.size());
    List<DeliveryRow> rows = new ArrayList<>();
    if (from < madeThen) {
      rows.addAll(made.range(from, (int) (Math.min(end, madeThen) - from)));
    }
    int first = (int) Math.max(0, from - madeThen);
    int last = (int) Math.max(first, end - madeThen);
    rows.addAll(
        batchingThen.subList(
            Math.min(first, batchingThen.size()), Math.min(last, batchingThen.size())));
    return rows;
  }
}
