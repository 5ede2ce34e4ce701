// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.timeline;

import dcos.metrics.inspector.timeline.TimelineModel.TimeMark;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** The instants that were marked, as lines on the time strip. */
final class MarksView extends Pane {
  // So much can be pointed at; the line is thinner.
  private static final double WIDTH = 15;

  private final TimelineModel model;
  private final LongConsumer goTo;
  private final Map<TimeMark, Node> nodes = new HashMap<>();

  /**
   * @param goTo shows what came at a time, in milliseconds since 1970
   */
  MarksView(TimelineModel model, LongConsumer goTo) {
    this.model = model;
    this.goTo = goTo;
    setPickOnBounds(false);
    model.marks().addListener((ListChangeListener<TimeMark>) _ -> show());
    show();
  }

  private void show() {
    nodes.keySet().retainAll(model.marks());
    model.marks().forEach(mark -> nodes.computeIfAbsent(mark, this::node));
    getChildren().setAll(model.marks().stream().map(nodes::get).toList());
    requestLayout();
  }

  private Node node(TimeMark mark) {
    var line = new Region();
    line.getStyleClass().add("strip-moment-line");
    line.setMaxWidth(1);
    var number = new Label(Integer.toString(mark.number()));
    number.getStyleClass().addAll("figure", "strip-moment-number");
    var node = new StackPane(line, number);
    StackPane.setAlignment(number, Pos.TOP_CENTER);
    node.setId("mark-" + mark.number());
    node.getStyleClass().add("strip-moment");
    var tooltip = new Tooltip();
    tooltip.setOnShowing(_ -> tooltip.setText(around(mark)));
    Tooltip.install(node, tooltip);
    node.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> clicked(event, mark));
    return node;
  }

  private void clicked(MouseEvent event, TimeMark mark) {
    if (event.getButton() == MouseButton.PRIMARY && event.isStillSincePress()) {
      goTo.accept(mark.millis());
      event.consume(); // The strip would take its brush away.
    }
  }

  /** This one, and those that it hides or nearly does. */
  private String around(TimeMark mark) {
    double within = getWidth() > 0 ? WIDTH / getWidth() : 0;
    return model.marksAt(model.place(mark.millis()), within).stream()
        .map(TimeMark::toString)
        .collect(Collectors.joining("\n"));
  }

  @Override
  protected void layoutChildren() {
    nodes.forEach(
        (mark, node) -> {
          double at = model.place(mark.millis()) * getWidth();
          node.resizeRelocate(
              Math.clamp(at - WIDTH / 2, 0, Math.max(0, getWidth() - WIDTH)),
              0,
              WIDTH,
              getHeight());
        });
  }
}
