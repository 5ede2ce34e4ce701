// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.deliveries;

import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.table.Column;
import dcos.metrics.inspector.table.RowSource;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.table.TableModel;
import dcos.metrics.inspector.table.TableSorting;
import java.util.List;

/** The table of messages, in the order in which they were made. */
public final class DeliveriesModel {
  private DeliveriesModel() {}

  /** A table that shows these rows. */
  public static TableModel<DeliveryRow> of(RowSource<DeliveryRow> rows) {
    return new TableModel<>(
        "deliveries",
        "Deliveries",
        "No message yet",
        List.of(
            Column.number(
                "message",
                "#",
                46,
                row -> row.message() < 0 ? "" : DisplayFormat.count(row.message())),
            Column.instant("time", "Time", 106, row -> DisplayFormat.time(row.millis())),
            Column.names("topic", "Topic", 84, DeliveryRow::topic),
            new Column<>(
                "state",
                "State",
                168,
                new Column.StatusContent<>(DeliveryRow::state, DeliveryRow::tone)),
            Column.number("records", "Records", 66, row -> DisplayFormat.count(row.records())),
            Column.number(
                "bytes", "Bytes", 70, row -> row.isMade() ? DisplayFormat.bytes(row.bytes()) : ""),
            Column.words("trigger", "Trigger", 66, DeliveryRow::trigger),
            new Column<>(
                "spans",
                "Time taken",
                96,
                new Column.DurationContent<>(DeliveriesModel::timeRanges, DeliveriesModel::taken))),
        new RowWindow<>(rows, true),
        TableSorting.none());
  }

  private static double[] timeRanges(DeliveryRow row) {
    return new double[] {row.batchMillis(), row.ackMillis()};
  }

  private static String taken(DeliveryRow row) {
    return DisplayFormat.timeRange(row.batchMillis() + row.ackMillis());
  }
}
