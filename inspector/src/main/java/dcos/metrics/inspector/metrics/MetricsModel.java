// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.List;

/** The table of series: one row per series, updated in place. */
public final class MetricsModel {
  private MetricsModel() {}

  /** A table that shows these rows. */
  public static TableModel<MetricRow> of(Rows<MetricRow> rows) {
    return new TableModel<>(
        "metrics",
        "Metrics",
        "No datapoint yet",
        List.of(
            Column.words("name", "Name", 205, MetricRow::name),
            Column.words("tags", "Tags", 150, MetricRow::tags),
            Column.names("topic", "Topic", 76, MetricRow::topic),
            Column.number("last", "Last", 74, row -> Texts.value(row.last())),
            Column.number("rate", "Rate", 74, row -> Texts.rate(row.rate())),
            new Column<>("trend", "Trend", 118, new Column.Trend<>(MetricRow::trend))),
        new RowWindow<>(rows, new Picks<>(MetricRow::id)),
        Sorting.of("name", "tags", "topic", "last", "rate"));
  }
}
