// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import dcos.metrics.inspector.deliveries.DeliveriesModel;
import dcos.metrics.inspector.deliveries.DeliveryRow;
import dcos.metrics.inspector.metrics.MetricRow;
import dcos.metrics.inspector.metrics.MetricsModel;
import dcos.metrics.inspector.records.RecordRow;
import dcos.metrics.inspector.records.RecordsModel;
import dcos.metrics.inspector.table.RowSource;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.table.TableModel;
import dcos.metrics.inspector.workspace.View;
import java.util.Map;

/** The window's three tables. */
public record WindowTables(
    TableModel<MetricRow> metrics,
    TableModel<RecordRow> records,
    TableModel<DeliveryRow> deliveries) {

  /** Tables without rows. */
  public static WindowTables empty() {
    return new WindowTables(
        MetricsModel.of(RowSource.none()),
        RecordsModel.of(RowSource.none()),
        DeliveriesModel.of(RowSource.none()));
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
