// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.List;

/** The table of records, in the order of arrival. */
public final class RecordsModel {
  private RecordsModel() {}

  /** A table that shows these rows. */
  public static TableModel<RecordRow> of(Rows<RecordRow> rows) {
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
}
