// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.metrics;

import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.table.Column;
import dcos.metrics.inspector.table.RowSelection;
import dcos.metrics.inspector.table.RowSource;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.table.TableModel;
import dcos.metrics.inspector.table.TableSorting;
import java.util.List;

/** The table of series: one row per series, updated in place. */
public final class MetricsModel {
  private MetricsModel() {}

  /** A table that shows these rows. */
  public static TableModel<MetricRow> of(RowSource<MetricRow> rows) {
    return new TableModel<>(
        "metrics",
        "Metrics",
        "No datapoint yet",
        List.of(
            Column.words("name", "Name", 205, MetricRow::name),
            Column.words("tags", "Tags", 150, MetricRow::tags),
            Column.names("topic", "Topic", 76, MetricRow::topic),
            Column.number("last", "Last", 74, row -> DisplayFormat.value(row.last())),
            Column.number("rate", "Rate", 74, row -> DisplayFormat.rate(row.rate())),
            new Column<>("trend", "Trend", 118, new Column.TrendContent<>(MetricRow::trend))),
        new RowWindow<>(rows, new RowSelection<>(MetricRow::id)),
        TableSorting.of("name", "tags", "topic", "last", "rate"));
  }
}
