// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import dcos.metrics.inspector.viewmodel.FilterModel;
import dcos.metrics.inspector.viewmodel.Suggestion;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The filter line: red while it is no filter, with the reason below it. */
final class FilterLine extends VBox {
  private final FilterModel model;
  private final CustomTextField field = new CustomTextField();
  private final ContextMenu suggestions = new ContextMenu();

  FilterLine(FilterModel model) {
    this.model = model;
    getStyleClass().add("filter-line");
    field.setId("filter");
    field.setPromptText("Filter: topic:web tag.host=a1 -name:idle");
    field.setLeft(new FontIcon(Feather.SEARCH));
    field.setRight(clearButton());
    field.textProperty().bindBidirectional(model.textProperty());
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    // The caret moves behind the text: later, so that it is where it belongs.
    field.textProperty().addListener(_ -> Platform.runLater(this::complete));

    var progress = new ProgressBar();
    progress.setId("filter-progress");
    progress.getStyleClass().add(Styles.SMALL);
    progress.setMaxWidth(Double.MAX_VALUE);
    progress.progressProperty().bind(model.progressProperty());
    progress.visibleProperty().bind(model.progressProperty().lessThan(FilterModel.IDLE));
    progress.managedProperty().bind(progress.visibleProperty());

    var reason = new Label();
    reason.setId("filter-reason");
    reason.getStyleClass().add("reason");
    reason.setWrapText(true);
    reason.textProperty().bind(model.errorProperty());
    reason.visibleProperty().bind(model.errorProperty().isNotEmpty());
    reason.managedProperty().bind(reason.visibleProperty());
    model
        .errorProperty()
        .addListener(
            (_, _, error) -> field.pseudoClassStateChanged(Styles.STATE_DANGER, !error.isEmpty()));

    HBox.setHgrow(field, Priority.ALWAYS);
    getChildren().addAll(field, progress, reason);
  }

  /** Takes the keys, with all of the text selected. */
  void focusText() {
    field.requestFocus();
    field.selectAll();
  }

  private Button clearButton() {
    var clear = new Button(null, new FontIcon(Feather.X));
    clear.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, "clear");
    clear.setFocusTraversable(false);
    clear.setOnAction(_ -> model.filterBy(""));
    clear.visibleProperty().bind(Bindings.isNotEmpty(field.textProperty()));
    return clear;
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER) {
      suggestions.hide();
      model.apply();
    } else if (event.getCode() == KeyCode.ESCAPE) {
      suggestions.hide();
      model.escape();
    } else {
      return;
    }
    event.consume();
  }

  private void complete() {
    suggestions.getItems().clear();
    if (field.isFocused()) {
      for (Suggestion suggestion : model.suggestions(field.getCaretPosition())) {
        suggestions.getItems().add(item(suggestion));
      }
    }
    if (suggestions.getItems().isEmpty()) {
      suggestions.hide();
    } else if (!suggestions.isShowing()) {
      suggestions.show(field, Side.BOTTOM, 0, 0);
    }
  }

  private MenuItem item(Suggestion suggestion) {
    var text = new Label(suggestion.text());
    text.getStyleClass().add("suggestion");
    var meaning = new Label(suggestion.meaning());
    meaning.getStyleClass().add("suggestion-meaning");
    var item = new CustomMenuItem(new HBox(text, meaning));
    item.setOnAction(_ -> field.positionCaret(model.accept(suggestion)));
    return item;
  }
}
