// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.timeline;

import dcos.metrics.inspector.format.DisplayFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/** The rate over the whole recording, marks where something went wrong, and the brush. */
public final class TimelineView extends Pane {
  private static final double HEIGHT = 48;
  private static final double MARK = 7;

  private final TimelineModel model;
  private final Consumer<TimelineModel.TimelineRange> showErrors;
  private final Polygon area = new Polygon();
  private final Pane marks = new Pane();
  private final Rectangle brush = new Rectangle();
  private final Rectangle hidden = new Rectangle();
  private final MarksView moments;
  private final Label from = new Label();
  private final Label to = new Label();
  private final Label brushed = new Label();
  private final Line pointedLine = new Line();
  private final Label pointed = new Label();
  private double pressedAt;

  /**
   * @param showErrors shows the errors of a time range
   * @param goTo shows what came at a time, in milliseconds since 1970
   */
  public TimelineView(
      TimelineModel model, Consumer<TimelineModel.TimelineRange> showErrors, LongConsumer goTo) {
    this.model = model;
    this.showErrors = showErrors;
    this.moments = new MarksView(model, goTo);
    setId("strip");
    getStyleClass().add("strip");
    setMinHeight(HEIGHT);
    setPrefHeight(HEIGHT);
    setMaxHeight(HEIGHT);
    area.getStyleClass().add("strip-area");
    brush.getStyleClass().add("strip-brush");
    from.getStyleClass().addAll("figure", "strip-label");
    to.getStyleClass().addAll("figure", "strip-label");
    marks.setMouseTransparent(true);
    hidden.getStyleClass().add("strip-hidden");
    hidden.setId("strip-hidden");
    hidden.setMouseTransparent(true);
    brushed.setId("strip-brushed");
    brushed.getStyleClass().addAll("figure", "strip-label", "strip-brushed");
    brushed.setMouseTransparent(true);
    pointedLine.getStyleClass().add("crosshair-line");
    pointedLine.setMouseTransparent(true);
    pointed.setId("strip-pointed");
    pointed.getStyleClass().addAll("figure", "strip-label", "strip-brushed");
    pointed.setMouseTransparent(true);
    setFocusTraversable(true);
    // The brush lies below what it limits to: the marks are to be seen.
    getChildren()
        .addAll(brush, area, marks, hidden, pointedLine, from, to, brushed, moments, pointed);
    model.hiddenBeforeProperty().addListener(_ -> requestLayout());
    model.ratesProperty().addListener(_ -> requestLayout());
    model.brushProperty().addListener(_ -> requestLayout());
    model.pointedProperty().addListener(_ -> requestLayout());
    focusedProperty().addListener(_ -> model.pointNowhere());
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    addEventHandler(MouseEvent.MOUSE_PRESSED, event -> pressedAt = event.getX());
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
    addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
    addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
    addEventHandler(MouseEvent.MOUSE_EXITED, _ -> model.pointNowhere());
    addEventHandler(
        MouseEvent.MOUSE_MOVED,
        event -> {
          setCursor(errorsAt(event).isPresent() ? Cursor.HAND : Cursor.DEFAULT);
          point(event);
        });
  }

  @Override
  protected void layoutChildren() {
    TimelineModel.TimelineRates rates = model.ratesProperty().get();
    double width = getWidth();
    drawArea(rates, width);
    marks.resizeRelocate(0, 0, width, HEIGHT);
    from.setText(rates.rates().length == 0 ? "" : DisplayFormat.time(rates.fromMillis()));
    to.setText(rates.rates().length == 0 ? "" : DisplayFormat.time(rates.toMillis()));
    from.autosize();
    to.autosize();
    from.relocate(6, 2);
    to.relocate(width - to.getWidth() - 6, 2);
    drawBrush(model.brushProperty().get(), width);
    drawHidden(model.hiddenBeforeProperty().get(), width);
    drawPointed(model.pointedProperty().get(), width);
    moments.resizeRelocate(0, 0, width, HEIGHT);
    moments.requestLayout(); // Its places are of the rates that show.
  }

  private void drawHidden(@Nullable Long before, double width) {
    hidden.setVisible(before != null);
    if (before != null) {
      hidden.setWidth(model.place(before) * width);
      hidden.setHeight(HEIGHT);
    }
  }

  private void drawArea(TimelineModel.TimelineRates rates, double width) {
    int n = rates.rates().length;
    double high = 0;
    for (double rate : rates.rates()) {
      high = Math.max(high, rate);
    }
    Double[] points = new Double[n * 2 + 4];
    double step = n < 2 ? width : width / (n - 1);
    double scale = high > 0 ? (HEIGHT - 18) / high : 0;
    points[0] = 0.0;
    points[1] = HEIGHT;
    marks.getChildren().clear();
    for (int i = 0; i < n; i++) {
      points[2 + 2 * i] = i * step;
      points[3 + 2 * i] = HEIGHT - rates.rates()[i] * scale;
      if (rates.errors()[i] > 0) {
        marks.getChildren().add(mark(i * step));
      }
    }
    points[n * 2 + 2] = width;
    points[n * 2 + 3] = HEIGHT;
    marks.applyCss(); // They are made after this frame's styles were, and would be black in it.
    area.getPoints().setAll(points);
    area.setVisible(n > 0);
  }

  private static Polygon mark(double x) {
    var mark = new Polygon(x - MARK / 2, HEIGHT, x + MARK / 2, HEIGHT, x, HEIGHT - MARK);
    mark.getStyleClass().add("strip-mark");
    return mark;
  }

  private void drawBrush(TimelineModel.@Nullable TimelineRange timeRange, double width) {
    brush.setVisible(timeRange != null);
    brushed.setVisible(timeRange != null);
    from.setVisible(true);
    to.setVisible(true);
    if (timeRange != null) {
      double left = model.place(timeRange.fromMillis()) * width;
      brush.setX(left);
      brush.setY(0);
      brush.setWidth(Math.max(1, model.place(timeRange.toMillis()) * width - left));
      brush.setHeight(HEIGHT);
      brushed.setText(
          DisplayFormat.time(timeRange.fromMillis())
              + " – "
              + DisplayFormat.time(timeRange.toMillis()));
      brushed.autosize();
      double middle = left + brush.getWidth() / 2 - brushed.getWidth() / 2;
      brushed.relocate(Math.clamp(middle, 6, Math.max(6, width - brushed.getWidth() - 6)), 2);
      from.setVisible(!brushed.getBoundsInParent().intersects(from.getBoundsInParent()));
      to.setVisible(!brushed.getBoundsInParent().intersects(to.getBoundsInParent()));
    }
  }

  /** Below the other times, which it would hide. */
  private void drawPointed(@Nullable Long time, double width) {
    pointedLine.setVisible(time != null);
    pointed.setVisible(time != null);
    if (time != null) {
      double x = model.place(time) * width;
      pointedLine.setStartX(x);
      pointedLine.setEndX(x);
      pointedLine.setEndY(HEIGHT);
      pointed.setText(DisplayFormat.time(time));
      pointed.autosize();
      boolean left = x + 6 + pointed.getWidth() > width;
      pointed.relocate(left ? x - 6 - pointed.getWidth() : x + 6, 20);
    }
  }

  private void point(MouseEvent event) {
    if (getWidth() > 0) {
      model.point(event.getX() / getWidth());
    }
  }

  private void dragged(MouseEvent event) {
    if (getWidth() > 0) {
      model.brush(pressedAt / getWidth(), event.getX() / getWidth());
      point(event);
    }
  }

  /** Where the button goes up, and not where the last move was told of: some never are. */
  private void released(MouseEvent event) {
    if (!event.isStillSincePress()) {
      dragged(event);
    }
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    boolean done = true;
    switch (event.getCode()) {
      case LEFT -> model.step(-1, event.isShiftDown());
      case RIGHT -> model.step(1, event.isShiftDown());
      case ESCAPE -> done = takeAway();
      default -> done = false;
    }
    if (done) {
      event.consume();
    }
  }

  /** The brush, and what points; answers whether there was either. */
  private boolean takeAway() {
    boolean isThere = model.brushProperty().get() != null || model.pointedProperty().get() != null;
    model.brushProperty().set(null);
    model.pointNowhere();
    return isThere;
  }

  private void clicked(MouseEvent event) {
    if (event.isStillSincePress()) {
      Optional<TimelineModel.TimelineRange> errors = errorsAt(event);
      errors.ifPresentOrElse(showErrors, () -> model.brushProperty().set(null));
    }
  }

  /** When what the mark under the mouse marks went wrong. */
  private Optional<TimelineModel.TimelineRange> errorsAt(MouseEvent event) {
    return getWidth() > 0 && event.getY() > HEIGHT - 2 * MARK
        ? model.errorsAt(event.getX() / getWidth(), MARK / getWidth())
        : Optional.empty();
  }
}
