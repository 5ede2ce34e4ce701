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
            Column.words("name", "Name", 205, MetricRow::name),
            Column.words("tags", "Tags", 150, MetricRow::tags),
            Column.names("topic", "Topic", 76, MetricRow::topic),
            Column.number("last", "Last", 74, row -> Texts.value(row.last())),
            Column.number("rate", "Rate", 74, row -> Texts.rate(row.rate())),
            new Column<>("trend", "Trend", 118, new Column.Trend<>(MetricRow::trend))),
        new RowWindow<>(rows, new Picks<>(MetricRow::id)),
        Sorting.of("name", "tags", "topic", "last", "rate"));
  }

  public static TableModel<RecordRow> records(Rows<RecordRow> rows) {
    return new TableModel<>(
        "records",
        "Records",
        "No record yet",
        List.of(
            Column.number("position", "#", 52, row -> Texts.ordinal(row.position())),
            Column.moment("time", "Time", 106, row -> Texts.time(row.millis())),
            Column.names("source", "Source", 158, RecordRow::source),
            Column.names("topic", "Topic", 66, RecordRow::topic),
            new Column<>(
                "outcome",
                "Outcome",
                112,
                new Column.Status<>(RecordRow::outcome, RecordRow::tone)),
            Column.words("tags", "Tags", 92, RecordRow::tags),
            Column.number("datapoints", "Points", 54, row -> Texts.count(row.datapoints())),
            Column.number("bytes", "Bytes", 70, row -> Texts.bytes(row.bytes()))),
        new RowWindow<>(rows, true),
        Sorting.none());
  }

  public static TableModel<DeliveryRow> deliveries(Rows<DeliveryRow> rows) {
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
                "spans", "Time taken", 96, new Column.Spans<>(Tables::spans, Tables::taken))),
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
