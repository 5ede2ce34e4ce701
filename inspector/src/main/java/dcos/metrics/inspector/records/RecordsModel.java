// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.records;

import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.table.Column;
import dcos.metrics.inspector.table.RowSource;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.table.TableModel;
import dcos.metrics.inspector.table.TableSorting;
import java.util.List;

/** The table of records, in the order of arrival. */
public final class RecordsModel {
  private RecordsModel() {}

  /** A table that shows these rows. */
  public static TableModel<RecordRow> of(RowSource<RecordRow> rows) {
    return new TableModel<>(
        "records",
        "Records",
        "No record yet",
        List.of(
            Column.number("position", "#", 52, row -> DisplayFormat.ordinal(row.position())),
            Column.instant("time", "Time", 106, row -> DisplayFormat.time(row.millis())),
            Column.names("source", "Source", 158, RecordRow::source),
            Column.names("topic", "Topic", 66, RecordRow::topic),
            new Column<>(
                "outcome",
                "Outcome",
                112,
                new Column.StatusContent<>(RecordRow::outcome, RecordRow::tone)),
            Column.words("tags", "Tags", 92, RecordRow::tags),
            Column.number("datapoints", "Points", 54, row -> DisplayFormat.count(row.datapoints())),
            Column.number("bytes", "Bytes", 70, row -> DisplayFormat.bytes(row.bytes()))),
        new RowWindow<>(rows, true),
        TableSorting.none());
  }
}
