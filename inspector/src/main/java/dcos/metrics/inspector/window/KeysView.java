// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The list of keys, over the window. */
final class KeysView extends VBox {
  KeysView(List<Keys.Key> keys, Runnable close) {
    super(14);
    setId("keys-list");
    getStyleClass().add("keys-list");
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    var title = new Label("Keys");
    title.getStyleClass().add(Styles.TITLE_4);
    var grid = new GridPane(24, 6);
    int row = 0;
    for (Keys.Key key : keys) {
      var name = new Label(key.name());
      name.getStyleClass().add("key");
      grid.addRow(row++, name, new Label(key.what()));
    }
    var done = new Button("Close");
    done.setOnAction(_ -> close.run());
    getChildren().addAll(title, grid, done);
  }
}
