// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import dcos.metrics.inspector.chart.ChartTicks.Tick;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Line;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/** Axes and lines on a canvas, in the colours that the stylesheet says. */
final class ChartPlotView extends Pane {
  private static final double TIME_TICK = 110;
  private static final double VALUE_TICK = 34;
  private static final double TOP = 8;
  private static final double RIGHT = 14;
  private static final double BOTTOM = 22;
  private static final double GAP = 6;
  private static final double LABELS_STEP = 24; // so that the lines do not move with every label
  private static final double LINE_WIDTH = 1.5;
  private static final double DOT = 4;

  private final Canvas canvas = new Canvas();
  // A canvas knows no styles: these are styled in its place, and never seen.
  private final List<Line> colours = new ArrayList<>();
  private final Line grid = colour("chart-grid");
  private final Text label = new Text();
  private Bounds area = new BoundingBox(0, 0, 0, 0);
  private ChartModel.ValueRange shown = new ChartModel.ValueRange(0, 1);

  /**
   * Draws nothing yet.
   *
   * @param onChange it has another size or other colours
   */
  ChartPlotView(Runnable onChange) {
    setMinSize(0, 0);
    for (int i = 0; i < ChartModel.MAX_LINES; i++) {
      colours.add(colour(CrosshairView.styleOf(i)));
    }
    label.getStyleClass().add("chart-label");
    label.setVisible(false);
    getChildren().addAll(canvas, grid, label);
    getChildren().addAll(colours);
    canvas.setId("chart-canvas");
    canvas.setManaged(false);
    widthProperty().addListener(_ -> onChange.run());
    heightProperty().addListener(_ -> onChange.run());
    grid.strokeProperty().addListener(_ -> onChange.run());
    label.fillProperty().addListener(_ -> onChange.run());
  }

  void draw(ChartModel model) {
    canvas.setWidth(getWidth());
    canvas.setHeight(getHeight());
    shown = model.values();
    double height = Math.max(1, getHeight() - TOP - BOTTOM);
    List<Tick> values = ChartTicks.values(shown.low(), shown.high(), marks(height, VALUE_TICK));
    double left = Math.ceil((widest(values) + 2 * GAP) / LABELS_STEP) * LABELS_STEP;
    area = new BoundingBox(left, TOP, Math.max(1, getWidth() - left - RIGHT), height);
    ChartRange range = model.rangeProperty().get();
    GraphicsContext gc = canvas.getGraphicsContext2D();
    gc.clearRect(0, 0, getWidth(), getHeight());
    gc.setFont(label.getFont());
    gc.setFill(label.getFill());
    gc.setStroke(grid.getStroke());
    gc.setLineWidth(1);
    drawValues(gc, values);
    drawTimes(
        gc,
        range,
        ChartTicks.times(range, marks(area.getWidth(), TIME_TICK), ZoneId.systemDefault()));
    drawLines(gc, model, range);
  }

  /** Where lines are drawn, as another node sees it. */
  Bounds area(Node other) {
    return other.sceneToLocal(localToScene(area));
  }

  /** How far below the area's upper edge a value stands. */
  double y(double value) {
    // Halves, for the difference of two doubles may be too large for one.
    double share = (value / 2 - shown.low() / 2) / (shown.high() / 2 - shown.low() / 2);
    return (1 - share) * area.getHeight();
  }

  private void drawValues(GraphicsContext gc, List<Tick> ticks) {
    gc.setTextAlign(TextAlignment.RIGHT);
    gc.setTextBaseline(VPos.CENTER);
    for (Tick tick : ticks) {
      double y = area.getMinY() + y(tick.at());
      gc.strokeLine(area.getMinX(), crisp(y), area.getMaxX(), crisp(y));
      gc.fillText(tick.text(), area.getMinX() - GAP, y);
    }
  }

  private void drawTimes(GraphicsContext gc, ChartRange range, List<Tick> ticks) {
    gc.setTextAlign(TextAlignment.CENTER);
    gc.setTextBaseline(VPos.TOP);
    gc.strokeLine(area.getMinX(), crisp(area.getMaxY()), area.getMaxX(), crisp(area.getMaxY()));
    for (Tick tick : ticks) {
      double x = area.getMinX() + range.place(tick.at()) * area.getWidth();
      gc.strokeLine(crisp(x), area.getMinY(), crisp(x), area.getMaxY() + GAP / 2);
      if (x + width(tick.text()) / 2 <= getWidth()) {
        gc.fillText(tick.text(), x, area.getMaxY() + GAP / 2);
      }
    }
  }

  private void drawLines(GraphicsContext gc, ChartModel model, ChartRange range) {
    int columns = (int) area.getWidth();
    boolean dots = model.hasDots(columns);
    gc.setLineWidth(LINE_WIDTH);
    gc.setLineJoin(StrokeLineJoin.ROUND);
    for (ChartLine line : model.linesProperty().get()) {
      Paint colour = colours.get(model.colour(line)).getStroke();
      gc.setStroke(colour);
      gc.setFill(colour);
      drawLine(gc, line.drawn(range, columns, dots), range);
      if (dots) {
        drawDots(gc, line, range);
      }
    }
  }

  /** Each stretch without a gap at once. */
  private void drawLine(GraphicsContext gc, ChartLine.ReducedPoints drawn, ChartRange range) {
    double[] xs = new double[drawn.times().length];
    double[] ys = new double[xs.length];
    int n = 0;
    for (int i = 0; i < xs.length; i++) {
      if (Double.isNaN(drawn.values()[i])) {
        gc.strokePolyline(xs, ys, n);
        n = 0;
      } else {
        xs[n] = area.getMinX() + range.place(drawn.times()[i]) * area.getWidth();
        ys[n] = area.getMinY() + y(drawn.values()[i]);
        n++;
      }
    }
  }

  private void drawDots(GraphicsContext gc, ChartLine line, ChartRange range) {
    for (int i = line.from(range.fromMillis()); i < line.size(); i++) {
      double place = range.place((double) line.time(i));
      if (place > 1) {
        return;
      }
      if (Double.isFinite(line.value(i))) {
        double x = area.getMinX() + place * area.getWidth();
        gc.fillOval(x - DOT / 2, area.getMinY() + y(line.value(i)) - DOT / 2, DOT, DOT);
      }
    }
  }

  private double widest(List<Tick> ticks) {
    return ticks.stream().mapToDouble(tick -> width(tick.text())).max().orElse(0);
  }

  private double width(String text) {
    label.setText(text);
    return label.getLayoutBounds().getWidth();
  }

  private static Line colour(String styleClass) {
    var line = new Line();
    line.getStyleClass().addAll("chart-colour", styleClass);
    line.setStroke(Color.TRANSPARENT); // until it is styled
    line.setVisible(false);
    return line;
  }

  private static double crisp(double at) {
    return Math.floor(at) + 0.5;
  }

  private static int marks(double length, double each) {
    return Math.max(2, (int) (length / each));
  }
}
