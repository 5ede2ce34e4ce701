// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.FilteredRecording;
import dcos.metrics.inspector.model.series.Series;
import dcos.metrics.inspector.model.series.SeriesOrder;
import dcos.metrics.inspector.viewmodel.MetricRow;
import dcos.metrics.inspector.viewmodel.Rows;
import dcos.metrics.inspector.viewmodel.TableModel;
import java.util.Locale;

/** Shows series in their table. FX thread only. */
final class MetricsPresenter {
  private static final int TREND_POINTS = 60;

  private final TableModel<MetricRow> table;

  MetricsPresenter(TableModel<MetricRow> table) {
    this.table = table;
  }

  /** Shows these series, in the order that {@link #sort} asks for. */
  void show(FilteredRecording shown) {
    table
        .window()
        .show(
            Rows.of(
                () -> shown.sortedSeries().size(),
                (from, most) -> shown.sortedSeries().stream().skip(from).limit(most).toList(),
                MetricsPresenter::row));
  }

  void showNothing() {
    table.window().show(Rows.none());
  }

  /** Asks for the series in the order of the column that the table is sorted by. */
  void sort(FilteredRecording shown) {
    shown.sortSeries(
        table
            .sorting()
            .byProperty()
            .get()
            .map(
                wanted ->
                    new SeriesOrder(
                        SeriesOrder.By.valueOf(wanted.column().toUpperCase(Locale.ROOT)),
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
