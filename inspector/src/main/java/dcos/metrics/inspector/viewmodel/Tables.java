// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.List;

/** The window's three tables. */
public record Tables(
    TableModel<MetricRow> metrics,
    TableModel<RecordRow> records,
    TableModel<DeliveryRow> deliveries) {

  /** Tables without rows. */
  public static Tables empty() {
    return new Tables(metrics(Rows.none()), records(Rows.none()), deliveries(Rows.none()));
  }

  /** Reads what shows of all of them. */
  public void refresh() {
    metrics.window().refresh();
    records.window().refresh();
    deliveries.window().refresh();
  }

  public static TableModel<MetricRow> metrics(Rows<MetricRow> rows) {
    return new TableModel<>(
        "metrics",
        "Metrics",
        "No datapoint yet",
        List.of(
            Column.words("name", "Name", 220, MetricRow::name),
            Column.words("tags", "Tags", 240, MetricRow::tags),
            Column.words("topic", "Topic", 90, MetricRow::topic),
            Column.number("last", "Last", 80, row -> Texts.value(row.last())),
            Column.number("rate", "Rate", 80, row -> Texts.rate(row.rate())),
            new Column<>("trend", "Trend", 120, new Column.Trend<>(MetricRow::trend))),
        new RowWindow<>(rows, false));
  }

  public static TableModel<RecordRow> records(Rows<RecordRow> rows) {
    return new TableModel<>(
        "records",
        "Records",
        "No record yet",
        List.of(
            Column.number("position", "#", 80, row -> Texts.count(row.position())),
            Column.words("time", "Time", 110, row -> Texts.time(row.millis())),
            Column.words("source", "Source", 120, RecordRow::source),
            Column.words("topic", "Topic", 90, RecordRow::topic),
            Column.words("tags", "Tags", 240, RecordRow::tags),
            Column.number("datapoints", "Datapoints", 90, row -> Texts.count(row.datapoints())),
            Column.number("bytes", "Bytes", 80, row -> Texts.bytes(row.bytes())),
            new Column<>(
                "verdict",
                "Verdict",
                160,
                new Column.Status<>(RecordRow::verdict, RecordRow::tone))),
        new RowWindow<>(rows, true));
  }

  public static TableModel<DeliveryRow> deliveries(Rows<DeliveryRow> rows) {
    return new TableModel<>(
        "deliveries",
        "Deliveries",
        "No message yet",
        List.of(
            Column.number("position", "#", 70, row -> Texts.count(row.position())),
            Column.words("time", "Time", 110, row -> Texts.time(row.millis())),
            Column.words("topic", "Topic", 120, DeliveryRow::topic),
            Column.number("records", "Records", 80, row -> Texts.count(row.records())),
            Column.number("bytes", "Bytes", 80, row -> Texts.bytes(row.bytes())),
            Column.words("trigger", "Trigger", 90, DeliveryRow::trigger),
            new Column<>(
                "state", "State", 220, new Column.Status<>(DeliveryRow::state, DeliveryRow::tone)),
            new Column<>(
                "spans", "Time taken", 160, new Column.Spans<>(Tables::spans, Tables::taken))),
        new RowWindow<>(rows, true));
  }

  private static double[] spans(DeliveryRow row) {
    return new double[] {row.batchMillis(), row.ackMillis()};
  }

  private static String taken(DeliveryRow row) {
    return Texts.span(row.batchMillis()) + " + " + Texts.span(row.ackMillis());
  }
}
