// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import dcos.metrics.inspector.remembered.Remembered;
import dcos.metrics.inspector.viewmodel.TableModel;
import dcos.metrics.inspector.viewmodel.WindowModel;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

/** The three tables, a tab each. */
final class TablesView extends TabPane {
  private final List<RowTable<?>> tables = new ArrayList<>();

  TablesView(WindowModel model, Remembered remembered, Runnable onEnter) {
    setId("views");
    setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
    setMinWidth(260);
    add(model.tables().metrics(), remembered, onEnter);
    add(model.tables().records(), remembered, onEnter);
    add(model.tables().deliveries(), remembered, onEnter);
    var view = model.shown().viewProperty();
    view.subscribe(now -> getSelectionModel().select(now.ordinal()));
    getSelectionModel()
        .selectedIndexProperty()
        .addListener((_, _, now) -> view.set(WindowModel.View.values()[now.intValue()]));
  }

  void remember(Remembered remembered) {
    tables.forEach(table -> table.remember(remembered));
  }

  private <T> void add(TableModel<T> model, Remembered remembered, Runnable onEnter) {
    var table = new RowTable<>(model, remembered, onEnter);
    tables.add(table);
    var tab = new Tab(model.title(), table);
    tab.setId(model.id() + "-tab");
    getTabs().add(tab);
  }
}
