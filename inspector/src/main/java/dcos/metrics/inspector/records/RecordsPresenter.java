// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.FilteredRecording;
import dcos.metrics.inspector.model.captured.CapturedRecord;
import dcos.metrics.inspector.viewmodel.RecordRow;
import dcos.metrics.inspector.viewmodel.RowWindow;
import dcos.metrics.inspector.viewmodel.Rows;
import dcos.metrics.inspector.viewmodel.TableModel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Shows records in their table. FX thread only. */
final class RecordsPresenter {
  private final RowWindow<RecordRow> rows;

  RecordsPresenter(TableModel<RecordRow> table) {
    this.rows = table.window();
  }

  void show(FilteredRecording shown) {
    rows.show(Rows.of(shown::recordCount, shown::records, RecordsPresenter::row));
  }

  void showNothing() {
    rows.show(Rows.none());
  }

  /** Whether the table has a row at a place, as far as was searched. */
  boolean has(long place) {
    rows.refresh();
    return place < rows.countProperty().get();
  }

  /** Selects the row at a place, and scrolls to it. */
  void reveal(long place) {
    rows.reveal(place);
  }

  /** The number of the selected record; empty if none is selected. */
  OptionalLong selected() {
    RecordRow row = selectedRow();
    return row == null ? OptionalLong.empty() : OptionalLong.of(row.position());
  }

  /** When the selected record arrived, in milliseconds since 1970; empty if none is selected. */
  OptionalLong selectedMillis() {
    RecordRow row = selectedRow();
    return row == null ? OptionalLong.empty() : OptionalLong.of(row.millis());
  }

  private @Nullable RecordRow selectedRow() {
    return rows.selectedRowProperty().get();
  }

  private static RecordRow row(CapturedRecord record) {
    return new RecordRow(
        record.number(),
        record.wallMs(),
        record.source(),
        record.metrics().getTopic(),
        Outcomes.tags(record.metrics().getTags()),
        record.metrics().getDatapoints().size(),
        record.bytes(),
        Outcomes.outcome(record),
        Outcomes.tone(record.state()));
  }
}
