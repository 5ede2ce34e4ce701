// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import dcos.metrics.inspector.chart.ChartModel;
import dcos.metrics.inspector.deliveries.DeliveryRow;
import dcos.metrics.inspector.detail.DetailModel;
import dcos.metrics.inspector.filterline.FilterLineModel;
import dcos.metrics.inspector.metrics.MetricRow;
import dcos.metrics.inspector.records.RecordRow;
import dcos.metrics.inspector.replay.ReplayModel;
import dcos.metrics.inspector.settingspanel.SettingsPanelModel;
import dcos.metrics.inspector.sidebar.SidebarModel;
import dcos.metrics.inspector.start.StartModel;
import dcos.metrics.inspector.statusbar.StatusBarModel;
import dcos.metrics.inspector.table.TableModel;
import dcos.metrics.inspector.timeline.TimelineModel;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.NoticesModel;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.inspector.workspace.WindowState;
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
    WindowActions actions,
    WindowTables tables,
    ChartModel chart,
    FilterLineModel filter,
    SidebarModel sidebar,
    DetailModel detail,
    TimelineModel strip,
    StatusBarModel status,
    NoticesModel notices,
    StartModel start,
    ReplayModel replay,
    SettingsPanelModel settings,
    WindowState shown,
    RefreshFlag changes,
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
  public void show(SidebarModel.SidebarEntry entry) {
    entry.subject().ifPresent(detail.subjectProperty()::set);
    if (!entry.filter().isEmpty()) {
      filter.filterBy(entry.filter());
    }
  }

  /** The errors of a time range. */
  public void showErrors(TimelineModel.TimelineRange time) {
    detail.subjectProperty().set(new DetailSubject.OfErrors(time.fromMillis(), time.toMillis()));
  }

  /** What was clicked in the status bar: its records, or its detail. */
  public void show(StatusBarModel.StatusTerm term) {
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
