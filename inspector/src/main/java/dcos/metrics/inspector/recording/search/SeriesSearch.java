// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.search;

import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.filter.DatapointPredicate;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.FilterKey;
import dcos.metrics.collector.filter.FilterSubject;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.series.SeriesList;
import dcos.metrics.inspector.recording.series.SeriesOrder;
import dcos.metrics.inspector.recording.series.SeriesTable;
import dcos.metrics.inspector.recording.state.TimeRange;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The series of the datapoints that are found. A filter that asks for names and tags alone, at any
 * time, finds series of the recording as they are; any other makes series of the records that it
 * finds, so that their values and rates are of that.
 */
public final class SeriesSearch {
  private static final Set<FilterKey> OWN = EnumSet.of(FilterKey.NAME, FilterKey.TAG);

  private final boolean isOwn;
  private final SeriesTable table;
  private final SeriesList list;

  private SeriesSearch(boolean isOwn, SeriesTable table, SeriesList list) {
    this.isOwn = isOwn;
    this.table = table;
    this.list = list;
  }

  /**
   * What a query finds of series, nothing yet.
   *
   * @param number of the find, so that its series have other ids
   */
  public static SeriesSearch of(SearchQuery query, SeriesTable all, int number) {
    Filter filter = query.filter();
    if (query.timeRange().equals(TimeRange.ALWAYS) && OWN.containsAll(filter.keys())) {
      return new SeriesSearch(
          true, all, new SeriesList(all, series -> filter.matches(FilterSubject.of(series))));
    }
    // A part of the room: the recording's own are kept meanwhile.
    var table = all.another(number);
    return new SeriesSearch(false, table, new SeriesList(table, _ -> true));
  }

  void take(byte[] bytes, RecordCursor record, DatapointPredicate wanted) {
    if (!isOwn) {
      int _ = table.take(bytes, record, wanted);
    }
  }

  /** Brings the list up to date, now or when it is time; answers whether it has changed. */
  boolean publish(boolean now) {
    return list.publish(now);
  }

  boolean isCurrent() {
    return list.isCurrent();
  }

  List<Series> all() {
    return list.all();
  }

  void sort(SeriesOrder order) {
    list.sort(order);
  }

  List<Series> sorted() {
    return list.sorted();
  }
}
