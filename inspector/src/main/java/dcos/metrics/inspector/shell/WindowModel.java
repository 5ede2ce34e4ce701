// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole window, put together by hand.
 *
 * @param refresh brings every part up to date; called on the FX thread after {@code changes} was
 *     marked, at most some twenty times a second
 */
public record WindowModel(
    Actions actions,
    Tables tables,
    ChartModel chart,
    FilterModel filter,
    Sidebar sidebar,
    DetailModel detail,
    TimeStrip strip,
    Status status,
    Notices notices,
    StartModel start,
    ReplayModel replay,
    SettingsModel settings,
    WindowState shown,
    Changes changes,
    Runnable refresh) {

  /** The table that shows. */
  public TableModel<?> table() {
    return switch (shown.viewProperty().get()) {
      case METRICS -> tables.metrics();
      case RECORDS -> tables.records();
      case DELIVERIES -> tables.deliveries();
    };
  }

  /**
   * The detail of the row that is selected in the table that shows. If none is, then that of a row
   * of another table goes.
   */
  public void showSelected() {
    DetailSubject selected = selected(shown.viewProperty().get());
    DetailSubject now = detail.subjectProperty().get();
    if (selected != null || (now != null && now.isRow())) {
      detail.subjectProperty().set(selected);
    }
  }

  /** What the detail of a table's selected row is of; null if none is selected. */
  public @Nullable DetailSubject selected(View view) {
    return switch (view) {
      case METRICS -> {
        MetricRow row = tables.metrics().window().selectedRowProperty().get();
        yield row == null ? null : new DetailSubject.OfSeries(row.id());
      }
      case RECORDS -> {
        RecordRow row = tables.records().window().selectedRowProperty().get();
        yield row == null ? null : new DetailSubject.OfRecord(row.position());
      }
      case DELIVERIES -> {
        DeliveryRow row = tables.deliveries().window().selectedRowProperty().get();
        yield row == null ? null : new DetailSubject.OfDelivery(row.position());
      }
    };
  }

  /** What was clicked in the sidebar: its records, and its detail. */
  public void show(Sidebar.Entry entry) {
    entry.subject().ifPresent(detail.subjectProperty()::set);
    if (!entry.filter().isEmpty()) {
      filter.filterBy(entry.filter());
    }
  }

  /** The errors of a time range. */
  public void showErrors(TimeStrip.Span time) {
    detail.subjectProperty().set(new DetailSubject.OfTroubles(time.fromMillis(), time.toMillis()));
  }

  /** What was clicked in the status bar: its records, or its detail. */
  public void show(Status.Term term) {
    term.subject().ifPresent(detail.subjectProperty()::set);
    if (!term.filter().isEmpty()) {
      if (shown.viewProperty().get() == View.METRICS) {
        shown.viewProperty().set(View.RECORDS); // What it counts; series have no outcome.
      }
      filter.filterBy(term.filter());
    }
  }

  /** Opens files, of which there may be none. */
  public void open(List<Path> files) {
    if (!files.isEmpty()) {
      actions.open(List.copyOf(files));
    }
  }

  /**
   * Closes what is on top of all else: the list of keys, else a question. Answers whether there was
   * either.
   */
  public boolean closeTopMost() {
    if (shown.keysProperty().get()) {
      shown.keysProperty().set(false);
      return true;
    }
    return notices.dismissQuestion();
  }

  public void toggleCapture() {
    actions.capture(!shown.capturingProperty().get());
  }
}
