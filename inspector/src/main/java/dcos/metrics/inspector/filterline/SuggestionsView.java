// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.filterline;

import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/**
 * What may stand at the caret of the filter line, in a list below it. It is part of the window, not
 * a window of its own: the keys stay with the line, and it stands where the line is.
 */
final class SuggestionsView extends VBox {
  private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

  private final FilterLineModel model;
  private final Consumer<FilterSuggestion> take;
  private double left;

  /**
   * @param take puts one that was clicked into the line
   */
  SuggestionsView(FilterLineModel model, Consumer<FilterSuggestion> take) {
    this.model = model;
    this.take = take;
    setId("suggestions");
    getStyleClass().add("suggestions");
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    StackPane.setAlignment(this, Pos.TOP_LEFT);
    setVisible(false);
    model.offered().addListener((ListChangeListener<FilterSuggestion>) _ -> show());
    model.chosenProperty().addListener(_ -> mark());
  }

  /** Puts it below a part of the window, which it must not hide. */
  void placeBelow(Region line) {
    Point2D corner = line.localToScene(0, line.getHeight());
    left = Math.rint(corner.getX());
    setTranslateY(Math.rint(corner.getY()) + 2);
  }

  /** Within the window, however wide it is. */
  @Override
  protected void layoutChildren() {
    super.layoutChildren();
    setTranslateX(Math.max(0, Math.min(left, getScene().getWidth() - getWidth())));
  }

  private void show() {
    getChildren().setAll(model.offered().stream().map(this::line).toList());
    if (model.moreProperty().get()) {
      var more = new Label("and more: type on");
      more.getStyleClass().addAll("suggestion-line", "suggestion-meaning");
      getChildren().add(more);
    }
    setVisible(!model.offered().isEmpty());
    mark();
  }

  private void mark() {
    for (int i = 0; i < getChildren().size(); i++) {
      getChildren().get(i).pseudoClassStateChanged(CHOSEN, i == model.chosenProperty().get());
    }
  }

  private Node line(FilterSuggestion suggestion) {
    var text = new Label(suggestion.text());
    text.getStyleClass().add("suggestion");
    var meaning = new Label(suggestion.meaning());
    meaning.getStyleClass().add("suggestion-meaning");
    var line = new HBox(12, text, meaning);
    line.getStyleClass().add("suggestion-line");
    line.addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> take.accept(suggestion));
    return line;
  }
}
