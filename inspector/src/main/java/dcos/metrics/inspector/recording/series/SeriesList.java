// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.series;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A table's series as a list that whoever shows it can hold on to, made anew by another thread when
 * series came or went, but not more than a few times a second; and the same list in the order that
 * is asked for. One thread publishes, any read.
 */
public final class SeriesList {
  private static final long PERIOD_NANOS = 250_000_000;
  // Rows that change their places are hard to read.
  private static final long MOVE_NANOS = 1_000_000_000;

  private final SeriesTable table;
  private final Predicate<Series> wanted;
  private volatile SeriesOrder order = SeriesOrder.ARRIVAL;
  private volatile Published published =
      new Published(List.of(), 0, List.of(), SeriesOrder.ARRIVAL, 0);
  // The publishing thread's only.
  private long publishedNanos = System.nanoTime() - PERIOD_NANOS;

  /**
   * @param version of what series there are
   * @param sorted the same in an order
   * @param datapoints that there were when they were sorted
   */
  private record Published(
      List<Series> series, long version, List<Series> sorted, SeriesOrder order, long datapoints) {}

  /** An empty one; {@link #publish} fills it. */
  public SeriesList(SeriesTable table, Predicate<Series> wanted) {
    this.table = table;
    this.wanted = wanted;
  }

  /**
   * Brings the list up to date.
   *
   * @param now even if it was not long ago
   * @return whether it is another one
   */
  public boolean publish(boolean now) {
    Published before = published;
    SeriesOrder wantedOrder = order;
    long version = table.changes();
    long age = System.nanoTime() - publishedNanos;
    boolean areOthers = version != before.version() && (now || age >= PERIOD_NANOS);
    boolean isOfValues = wantedOrder.isOfValues();
    boolean mayHaveMoved =
        isOfValues && age >= MOVE_NANOS && table.datapoints() != before.datapoints();
    if (!areOthers && !mayHaveMoved && wantedOrder.equals(before.order())) {
      return false;
    }
    long datapoints = isOfValues ? table.datapoints() : 0;
    List<Series> series =
        areOthers
            ? table.all().stream()
                .filter(wanted)
                .sorted(Comparator.comparingLong(Series::id))
                .toList()
            : before.series();
    published =
        new Published(
            series,
            areOthers ? version : before.version(),
            wantedOrder.of(series),
            wantedOrder,
            datapoints);
    publishedNanos = System.nanoTime();
    return true;
  }

  /** Asks for an order. */
  public void sort(SeriesOrder wantedOrder) {
    order = wantedOrder;
  }

  /** Whether it is up to date. */
  public boolean isCurrent() {
    Published now = published;
    return table.changes() == now.version() && order.equals(now.order());
  }

  /** In the order in which they came. */
  public List<Series> all() {
    return published.series();
  }

  /** In the order that was asked for, as it was a moment ago. */
  public List<Series> sorted() {
    return published.sorted();
  }
}
