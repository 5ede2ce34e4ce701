// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.series;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A table's series as a list that whoever shows it can hold on to, made anew by another thread when
 * series came or went, but not more than a few times a second. One thread publishes, any read.
 */
public final class SeriesList {
  private static final long PERIOD_NANOS = 250_000_000;

  private final SeriesTable table;
  private final Predicate<Series> wanted;
  private volatile Published published = new Published(List.of(), 0);
  // The publishing thread's only.
  private long publishedNanos = System.nanoTime() - PERIOD_NANOS;

  private record Published(List<Series> series, long version) {}

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
    long version = table.changes();
    if (version == published.version()
        || (!now && System.nanoTime() - publishedNanos < PERIOD_NANOS)) {
      return false;
    }
    List<Series> series =
        table.all().stream().filter(wanted).sorted(Comparator.comparingLong(Series::id)).toList();
    published = new Published(series, version);
    publishedNanos = System.nanoTime();
    return true;
  }

  /** Whether it is up to date. */
  public boolean isCurrent() {
    return table.changes() == published.version();
  }

  /** In the order in which they came. */
  public List<Series> all() {
    return published.series();
  }

  /** Another one for another list. */
  public long version() {
    return published.version();
  }
}
