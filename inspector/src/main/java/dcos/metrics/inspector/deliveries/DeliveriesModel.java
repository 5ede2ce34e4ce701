// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.List;

/** The table of messages, in the order in which they were made. */
public final class DeliveriesModel {
  private DeliveriesModel() {}

  /** A table that shows these rows. */
  public static TableModel<DeliveryRow> of(Rows<DeliveryRow> rows) {
    return new TableModel<>(
        "deliveries",
        "Deliveries",
        "No message yet",
        List.of(
            Column.number(
                "message", "#", 46, row -> row.message() < 0 ? "" : Texts.count(row.message())),
            Column.moment("time", "Time", 106, row -> Texts.time(row.millis())),
            Column.names("topic", "Topic", 84, DeliveryRow::topic),
            new Column<>(
                "state", "State", 168, new Column.Status<>(DeliveryRow::state, DeliveryRow::tone)),
            Column.number("records", "Records", 66, row -> Texts.count(row.records())),
            Column.number(
                "bytes", "Bytes", 70, row -> row.isMade() ? Texts.bytes(row.bytes()) : ""),
            Column.words("trigger", "Trigger", 66, DeliveryRow::trigger),
            new Column<>(
                "spans",
                "Time taken",
                96,
                new Column.Spans<>(DeliveriesModel::spans, DeliveriesModel::taken))),
        new RowWindow<>(rows, true),
        Sorting.none());
  }

  private static double[] spans(DeliveryRow row) {
    return new double[] {row.batchMillis(), row.ackMillis()};
  }

  private static String taken(DeliveryRow row) {
    return Texts.span(row.batchMillis() + row.ackMillis());
  }
}
