// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.View;
import java.util.EnumMap;
import java.util.Map;

/** Shows the detail of the row that is selected in the table that shows. FX thread only. */
final class SelectedRowDetail {
  private final WindowModel model;
  // The row that is selected in each table.
  private final Map<View, DetailSubject> selected = new EnumMap<>(View.class);

  SelectedRowDetail(WindowModel model) {
    this.model = model;
    model
        .tables()
        .windows()
        .forEach((tab, rows) -> rows.selectedRowProperty().subscribe(_ -> select(tab)));
    model.shown().viewProperty().subscribe(_ -> model.showSelected());
  }

  /** A row's state may change under the selection; that is no new selection. */
  private void select(View tab) {
    DetailSubject now = model.selected(tab);
    if (now == null) {
      selected.remove(tab);
    } else if (!now.equals(selected.put(tab, now)) && tab == model.shown().viewProperty().get()) {
      model.detail().subjectProperty().set(now);
    }
  }
}
