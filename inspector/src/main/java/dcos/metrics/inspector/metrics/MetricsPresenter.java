// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.metrics;

import dcos.metrics.inspector.recording.FilteredRecording;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.series.SeriesOrder;
import dcos.metrics.inspector.table.RowSource;
import dcos.metrics.inspector.table.TableModel;
import java.util.Locale;

/** Shows series in their table. FX thread only. */
public final class MetricsPresenter {
  private static final int TREND_POINTS = 60;

  private final TableModel<MetricRow> table;

  public MetricsPresenter(TableModel<MetricRow> table) {
    this.table = table;
  }

  /** Shows these series, in the order that {@link #sort} asks for. */
  public void show(FilteredRecording shown) {
    table
        .window()
        .show(
            RowSource.of(
                () -> shown.sortedSeries().size(),
                (from, most) -> shown.sortedSeries().stream().skip(from).limit(most).toList(),
                MetricsPresenter::row));
  }

  public void showNothing() {
    table.window().show(RowSource.none());
  }

  /** Asks for the series in the order of the column that the table is sorted by. */
  public void sort(FilteredRecording shown) {
    shown.sortSeries(
        table
            .sorting()
            .byProperty()
            .get()
            .map(
                wanted ->
                    new SeriesOrder(
                        SeriesOrder.SeriesSortKey.valueOf(wanted.column().toUpperCase(Locale.ROOT)),
                        wanted.descending()))
            .orElse(SeriesOrder.ARRIVAL));
  }

  private static MetricRow row(Series series) {
    return new MetricRow(
        series.id(),
        series.topic(),
        series.name(),
        series.tagsText(),
        series.last(),
        series.rate(),
        series.trend(TREND_POINTS));
  }
}
