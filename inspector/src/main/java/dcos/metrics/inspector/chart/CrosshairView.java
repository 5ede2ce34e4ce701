// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import dcos.metrics.inspector.chart.ChartModel.Crosshair;
import dcos.metrics.inspector.chart.ChartModel.CrosshairReading;
import dcos.metrics.inspector.format.DisplayFormat;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import org.jspecify.annotations.Nullable;

/** A line across the chart, a ring around each line's nearest point, and what they are. */
final class CrosshairView extends Pane {
  private static final double GAP = 12;
  private static final double RING = 4;
  private static final double LABEL = 320;

  private final ChartModel model;
  private final Line line = new Line();
  private final Pane rings = new Pane();
  private final GridPane box = new GridPane();
  private final Label time = new Label();
  private final Label heading = new Label();
  private final List<CrosshairRow> rows = new ArrayList<>();

  /** What stands in the box for a line. */
  private record CrosshairRow(Region dot, Label name, Label value, Label at) {}

  CrosshairView(ChartModel model) {
    this.model = model;
    setId("crosshair");
    setMouseTransparent(true);
    line.getStyleClass().add("crosshair-line");
    time.setId("crosshair-time");
    time.getStyleClass().add("figure");
    box.setId("crosshair-box");
    box.getStyleClass().add("crosshair-box");
    heading.setId("crosshair-heading");
    heading.managedProperty().bind(heading.textProperty().isNotEmpty());
    box.add(new VBox(2, time, heading), 0, 0, 4, 1);
    getChildren().addAll(line, rings, box);
    setVisible(false);
  }

  /** Shows the model's crosshair, over the area that the plot draws in. */
  void draw(ChartPlotView plot) {
    Crosshair shown = model.crosshairProperty().get();
    setVisible(shown != null);
    if (shown == null) {
      return;
    }
    Bounds area = plot.area(this);
    double x = area.getMinX() + shown.place() * area.getWidth();
    line.setStartX(x);
    line.setEndX(x);
    line.setStartY(area.getMinY());
    line.setEndY(area.getMaxY());
    time.setText(DisplayFormat.time(shown.timeMs()));
    heading.setText(model.heading());
    List<CrosshairReading> readings = shown.readings();
    rings.getChildren().clear();
    for (int i = 0; i < readings.size(); i++) {
      fill(row(i), readings.get(i));
      Circle ring = ring(readings.get(i), plot, area);
      if (ring != null) {
        rings.getChildren().add(ring);
      }
    }
    while (rows.size() > readings.size()) {
      CrosshairRow row = rows.removeLast();
      box.getChildren().removeAll(row.dot(), row.name(), row.value(), row.at());
    }
    place(x, area);
  }

  private @Nullable Circle ring(CrosshairReading reading, ChartPlotView plot, Bounds area) {
    double place = model.rangeProperty().get().place((double) reading.timeMs());
    if (place < 0 || place > 1) {
      return null; // Its point is not in sight.
    }
    var ring =
        new Circle(
            area.getMinX() + place * area.getWidth(),
            area.getMinY() + plot.y(reading.value()),
            RING);
    ring.getStyleClass().addAll("crosshair-ring", styleOf(reading.line()));
    return ring;
  }

  private CrosshairRow row(int i) {
    if (i == rows.size()) {
      var row = new CrosshairRow(new Region(), new Label(), new Label(), new Label());
      row.name().getStyleClass().add("crosshair-name");
      row.name().setMaxWidth(LABEL);
      row.name().setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
      row.value().getStyleClass().addAll("figure", "crosshair-value");
      row.at().getStyleClass().addAll("figure", "quiet");
      GridPane.setHalignment(row.value(), HPos.RIGHT);
      box.addRow(i + 1, row.dot(), row.name(), row.value(), row.at());
      rows.add(row);
    }
    return rows.get(i);
  }

  private void fill(CrosshairRow row, CrosshairReading reading) {
    row.dot().getStyleClass().setAll("dot", styleOf(reading.line()));
    row.name().setText(model.label(reading.line()));
    row.value().setText(DisplayFormat.exact(reading.value()));
    row.at().setText(DisplayFormat.time(reading.timeMs()));
  }

  private void place(double x, Bounds area) {
    box.setAlignment(Pos.TOP_LEFT);
    box.applyCss();
    box.autosize();
    boolean left = x + GAP + box.getWidth() > area.getMaxX();
    box.relocate(
        Math.rint(left ? Math.max(0, x - GAP - box.getWidth()) : x + GAP),
        Math.rint(area.getMinY() + 4));
  }

  private String styleOf(ChartLine drawn) {
    return styleOf(model.colour(drawn));
  }

  /** The style class of a line's colour. */
  static String styleOf(int colour) {
    return "line-" + colour;
  }
}
