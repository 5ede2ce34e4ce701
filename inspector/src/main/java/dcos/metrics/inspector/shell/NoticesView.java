// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import atlantafx.base.theme.Styles;
import dcos.metrics.inspector.control.TableCells;
import dcos.metrics.inspector.workspace.NoticesModel;
import java.util.ArrayList;
import java.util.List;
import javafx.application.Platform;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** A bar for each notice, between the toolbar and what it is about. */
final class NoticesView extends VBox {
  private final NoticesModel model;
  // What is shown, in the order of the bars.
  private final List<NoticesModel.WindowNotice> shown = new ArrayList<>();

  NoticesView(NoticesModel model) {
    this.model = model;
    setId("notices");
    model.all().addListener((ListChangeListener<NoticesModel.WindowNotice>) _ -> show());
    show();
  }

  private void show() {
    List<Node> bars = new ArrayList<>();
    for (NoticesModel.WindowNotice notice : model.all()) {
      int at = indexOf(notice);
      Node bar = at < 0 ? bar(notice) : getChildren().get(at);
      if (at >= 0 && bar.lookup(".label.words") instanceof Label words) {
        words.setText(notice.text());
      }
      bars.add(bar);
    }
    shown.clear();
    shown.addAll(model.all());
    if (!getChildren().equals(bars)) {
      getChildren().setAll(bars);
    }
  }

  /** The bar that just says something else now: a button in it may be about to be clicked. */
  private int indexOf(NoticesModel.WindowNotice notice) {
    for (int i = 0; i < shown.size(); i++) {
      NoticesModel.WindowNotice before = shown.get(i);
      if (before.key().equals(notice.key())
          && before.tone() == notice.tone()
          && before.actions().equals(notice.actions())) {
        return i;
      }
    }
    return -1;
  }

  private Node bar(NoticesModel.WindowNotice notice) {
    var text = new Label(notice.text());
    text.getStyleClass().add("words");
    text.setWrapText(true);
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    var bar = new HBox(8, TableCells.dot(notice.tone()), text);
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.getStyleClass().addAll("notice", TableCells.styleOf(notice.tone()) + "-bar");
    for (NoticesModel.NoticeAction action : notice.actions()) {
      var button = new Button(action.label());
      button.getStyleClass().add(Styles.SMALL);
      button.setMinWidth(USE_PREF_SIZE);
      button.setOnAction(_ -> action.run().run());
      bar.getChildren().add(button);
      if (model.isQuestion(notice) && action.equals(notice.actions().getFirst())) {
        Platform.runLater(button::requestFocus); // Once it is there: it can be answered by keys.
      }
    }
    var close = new Button(null, new FontIcon(Feather.X));
    close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
    close.setAccessibleText("Close this notice");
    close.setOnAction(_ -> model.clear(notice.key()));
    bar.getChildren().add(close);
    return bar;
  }
}
