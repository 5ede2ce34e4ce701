// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.records;

import dcos.metrics.inspector.format.OutcomeText;
import dcos.metrics.inspector.recording.FilteredRecording;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.table.RowSource;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.table.TableModel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Shows records in their table. FX thread only. */
public final class RecordsPresenter {
  private final RowWindow<RecordRow> rows;

  public RecordsPresenter(TableModel<RecordRow> table) {
    this.rows = table.window();
  }

  public void show(FilteredRecording shown) {
    rows.show(RowSource.of(shown::recordCount, shown::records, RecordsPresenter::row));
  }

  public void showNothing() {
    rows.show(RowSource.none());
  }

  /** Whether the table has a row at a place, as far as was searched. */
  public boolean has(long place) {
    rows.refresh();
    return place < rows.countProperty().get();
  }

  /** Selects the row at a place, and scrolls to it. */
  public void reveal(long place) {
    rows.reveal(place);
  }

  /** The number of the selected record; empty if none is selected. */
  public OptionalLong selected() {
    RecordRow row = selectedRow();
    return row == null ? OptionalLong.empty() : OptionalLong.of(row.position());
  }

  /** When the selected record arrived, in milliseconds since 1970; empty if none is selected. */
  public OptionalLong selectedMillis() {
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
        OutcomeText.tags(record.metrics().getTags()),
        record.metrics().getDatapoints().size(),
        record.bytes(),
        OutcomeText.outcome(record),
        OutcomeText.tone(record.state()));
  }
}
