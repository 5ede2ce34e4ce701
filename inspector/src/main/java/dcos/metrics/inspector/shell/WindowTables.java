// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.Map;

/** The window's three tables. */
public record Tables(
    TableModel<MetricRow> metrics,
    TableModel<RecordRow> records,
    TableModel<DeliveryRow> deliveries) {

  /** Tables without rows. */
  public static Tables empty() {
    return new Tables(
        MetricsModel.of(Rows.none()),
        RecordsModel.of(Rows.none()),
        DeliveriesModel.of(Rows.none()));
  }

  /** Reads what shows of all of them. */
  public void refresh() {
    metrics.window().refresh();
    records.window().refresh();
    deliveries.window().refresh();
  }

  /** The rows of each table that show. */
  public Map<View, RowWindow<?>> windows() {
    return Map.of(
        View.METRICS,
        metrics.window(),
        View.RECORDS,
        records.window(),
        View.DELIVERIES,
        deliveries.window());
  }
}
