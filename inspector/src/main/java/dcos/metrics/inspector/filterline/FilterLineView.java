// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.filterline;

import atlantafx.base.controls.CustomTextField;
import atlantafx.base.theme.Styles;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The filter line: red while it is no filter, with the reason below it. */
public final class FilterLineView extends VBox {
  private final FilterLineModel model;
  private final CustomTextField field = new CustomTextField();
  private final SuggestionsView suggestions;
  private final Runnable onApplied;

  /**
   * @param onApplied takes the keys once a filter was entered
   */
  public FilterLineView(FilterLineModel model, Runnable onApplied) {
    this.model = model;
    this.onApplied = onApplied;
    suggestions = new SuggestionsView(model, this::take);
    getStyleClass().add("filter-line");
    field.setId("filter");
    field.setPromptText("Filter: topic:web tag.host=a1 -name:idle");
    field.setLeft(new FontIcon(Feather.SEARCH));
    var right = new HBox(4, hint(), clearButton());
    right.setAlignment(Pos.CENTER_RIGHT);
    field.setRight(right);
    field.textProperty().bindBidirectional(model.textProperty());
    field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    // The caret moves behind the text: later, so that it is where it belongs.
    field.textProperty().addListener(_ -> Platform.runLater(this::complete));
    field
        .focusedProperty()
        .subscribe(
            focused -> {
              if (!focused) {
                model.withdraw();
              }
            });
    heightProperty().addListener(_ -> suggestions.placeBelow(this)); // The reason comes and goes.

    var progress = new ProgressBar();
    progress.setId("filter-progress");
    progress.getStyleClass().add(Styles.SMALL);
    progress.setMaxWidth(Double.MAX_VALUE);
    progress.progressProperty().bind(model.progressProperty());
    progress.visibleProperty().bind(model.progressProperty().lessThan(FilterLineModel.IDLE));
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
  public void focusText() {
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

  private Label hint() {
    var hint = new Label();
    hint.setId("filter-hint");
    hint.getStyleClass().add("hint");
    hint.textProperty().bind(model.hintProperty());
    return hint;
  }

  /** The list below this line; it stands on top of the window. */
  public SuggestionsView suggestions() {
    return suggestions;
  }

  private void key(KeyEvent event) {
    switch (event.getCode()) {
      case ENTER -> enter();
      case ESCAPE -> model.escape();
      case DOWN -> model.chooseBy(1);
      case UP -> model.chooseBy(-1);
      case TAB -> {
        if (event.isShiftDown() || model.offered().isEmpty()) {
          return; // To the next control, as everywhere.
        }
        field.positionCaret(model.acceptOffered());
      }
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void enter() {
    field.positionCaret(model.enter(field.getCaretPosition()));
    if (model.errorProperty().get().isEmpty()) {
      onApplied.run();
    }
  }

  /** One that was clicked: more may be typed behind it. */
  private void take(FilterSuggestion suggestion) {
    field.positionCaret(model.accept(suggestion));
    model.apply();
  }

  private void complete() {
    if (field.isFocused()) {
      suggestions.placeBelow(this);
      model.complete(field.getCaretPosition());
    } else {
      model.withdraw();
    }
  }
}
