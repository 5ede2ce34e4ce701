// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import dcos.metrics.inspector.chart.ChartView;
import dcos.metrics.inspector.control.LazyPane;
import dcos.metrics.inspector.control.RowTable;
import dcos.metrics.inspector.metrics.MetricsView;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.start.SendCommandView;
import dcos.metrics.inspector.table.TableModel;
import dcos.metrics.inspector.workspace.View;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Platform;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.MouseEvent;

/** The three tables, a tab each, and the chart below the first. */
final class TableTabs extends TabPane {
  private final List<RowTable<?>> tables = new ArrayList<>();
  private final MetricsView metrics;
  private final WindowModel shown;
  private final RowClipboard rows;
  private final LimitedTablePlaceholder placeholder;

  TableTabs(WindowModel model, Preferences remembered, Runnable focusDetail) {
    shown = model;
    Runnable onEnter =
        () -> {
          model.showSelected();
          focusDetail.run();
        };
    rows = new RowClipboard(model);
    placeholder = new LimitedTablePlaceholder(model.filter(), model.strip(), model.shown());
    setId("views");
    setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
    setMinWidth(260);
    var view = model.shown().viewProperty();
    RowTable<?> series =
        table(model.tables().metrics(), remembered, inSight(View.METRICS), onEnter);
    RowTable<?> records =
        table(model.tables().records(), remembered, inSight(View.RECORDS), onEnter);
    series.offerWhileWaiting(new SendCommandView(model.start(), model.tables().metrics().id()));
    records.offerWhileWaiting(new SendCommandView(model.start(), model.tables().records().id()));
    metrics =
        new MetricsView(
            series,
            model.chart().linesProperty().map(lines -> !lines.isEmpty()),
            () -> new ChartView(model.chart(), inSight(View.METRICS)),
            remembered);
    add(View.METRICS, model.tables().metrics(), metrics);
    add(View.RECORDS, model.tables().records(), records);
    add(
        View.DELIVERIES,
        model.tables().deliveries(),
        table(model.tables().deliveries(), remembered, inSight(View.DELIVERIES), onEnter));
    view.subscribe(now -> getSelectionModel().select(now.ordinal()));
    getSelectionModel()
        .selectedIndexProperty()
        .addListener((_, _, now) -> view.set(View.values()[now.intValue()]));
  }

  void remember(Preferences remembered) {
    tables.forEach(table -> table.remember(remembered));
    metrics.remember(remembered);
  }

  /** Gives the keys to the rows of the view that shows. */
  void focusRows() {
    RowTable<?> table = tables.get(shown.shown().viewProperty().get().ordinal());
    Platform.runLater(table::focusRows); // A view that does not show yet can not have them.
  }

  private ObservableValue<Boolean> inSight(View view) {
    return shown.shown().viewProperty().map(now -> now == view);
  }

  private <T> RowTable<T> table(
      TableModel<T> model,
      Preferences remembered,
      ObservableValue<Boolean> inSight,
      Runnable onEnter) {
    var table = new RowTable<>(model, placeholder, remembered, inSight, onEnter);
    // The row that is selected already may not be what the detail shows.
    table.addEventHandler(MouseEvent.MOUSE_CLICKED, _ -> shown.showSelected());
    table.offer(rows.menu());
    tables.add(table);
    return table;
  }

  private void add(View view, TableModel<?> model, Node content) {
    var tab = new Tab(model.title(), new LazyPane(inSight(view), () -> content));
    tab.setId(model.id() + "-tab");
    getTabs().add(tab);
  }
}
