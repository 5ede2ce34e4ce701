// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.animation.AnimationTimer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.PopupWindow;

/** The selected series, drawn over time. */
public final class ChartView extends BorderPane {
  private static final double ZOOM = 1.25;
  private static final double PAN = 0.1;
  private static final double MIN_ENTRY = 260;

  private final ChartModel model;
  private final FlowPane legend = new FlowPane();
  private final Label heading = new Label();
  private final Label note = new Label();
  private final CrosshairView crosshair;
  private final ChartPlotView plot;
  private final BooleanProperty drawing = new SimpleBooleanProperty();
  private final AnimationTimer refreshTimer;
  private double draggedFrom;

  /**
   * Binds to a model.
   *
   * @param shows whether it is in sight; nothing is drawn while it is not
   */
  public ChartView(ChartModel model, ObservableValue<Boolean> shows) {
    this.model = model;
    refreshTimer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            draw();
          }
        };
    // Several changes between two frames are drawn once.
    drawing.subscribe(
        wanted -> {
          if (wanted && shows.getValue()) {
            refreshTimer.start();
          } else {
            refreshTimer.stop();
          }
        });
    shows.subscribe(
        now -> {
          if (now && drawing.get()) {
            refreshTimer.start();
          }
        });
    crosshair = new CrosshairView(model);
    plot = new ChartPlotView(this::drawSoon);
    setId("chart");
    getStyleClass().add("chart-view");
    setMinHeight(120);
    setFocusTraversable(true);
    note.setId("chart-note");
    note.getStyleClass().add("quiet");
    note.textProperty().bind(model.noteProperty());
    heading.setId("chart-heading");
    heading.getStyleClass().add("chart-heading");
    legend.setId("chart-legend");
    legend.getStyleClass().add("chart-legend-line");
    HBox.setHgrow(legend, Priority.ALWAYS);
    legend.setMinWidth(0);
    var top = new HBox(legend, showAll());
    setTop(top);
    setCenter(new StackPane(plot, crosshair));
    model.linesProperty().subscribe(this::showLegend);
    model.linesProperty().addListener(_ -> drawSoon());
    model.rangeProperty().addListener(_ -> drawSoon());
    model.crosshairProperty().addListener(_ -> drawSoon());
    listen();
    drawSoon();
  }

  private void drawSoon() {
    drawing.set(true);
  }

  private void draw() {
    drawing.set(false);
    plot.draw(model);
    crosshair.draw(plot);
  }

  private Button showAll() {
    var all = new Button("Zoomed · 0 shows all");
    all.setId("chart-all");
    all.getStyleClass().add("chart-all");
    all.setFocusTraversable(false);
    all.visibleProperty().bind(model.wholeProperty().not());
    all.managedProperty().bind(all.visibleProperty());
    all.setMinWidth(Region.USE_PREF_SIZE);
    all.setOnAction(_ -> model.reset());
    HBox.setMargin(all, new Insets(3, 14, 0, 0));
    return all;
  }

  private void showLegend(List<ChartLine> lines) {
    // What it says of a line does not change as that grows.
    List<Long> ids = lines.stream().map(ChartLine::id).toList();
    if (!ids.equals(legend.getUserData())) {
      legend.setUserData(ids);
      heading.setText(model.heading());
      legend.getChildren().clear();
      if (!model.heading().isEmpty()) {
        legend.getChildren().add(heading);
      }
      lines.forEach(line -> legend.getChildren().add(legendOf(line, lines.size())));
      legend.getChildren().add(note);
    }
  }

  private Label legendOf(ChartLine line, int lines) {
    var dot = new Region();
    dot.getStyleClass().setAll("dot", CrosshairView.styleOf(model.colour(line)));
    var entry = new Label(model.label(line), dot);
    entry.getStyleClass().add("chart-legend-entry");
    // Names begin alike, and often end alike.
    entry.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
    entry
        .maxWidthProperty()
        .bind(
            Bindings.max(
                MIN_ENTRY,
                legend.widthProperty().divide(Math.max(1, lines)).subtract(legend.getHgap())));
    var whole = new Tooltip(whole(line));
    // Above: below stands what the crosshair reads.
    whole.setAnchorLocation(PopupWindow.AnchorLocation.WINDOW_BOTTOM_LEFT);
    entry.setTooltip(whole);
    return entry;
  }

  private static String whole(ChartLine line) {
    return Stream.concat(
            Stream.of(line.name(), "topic " + line.topic()),
            line.tags().stream().map(ChartLine.ChartTag::toString))
        .collect(Collectors.joining("\n"));
  }

  private void listen() {
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    addEventHandler(ScrollEvent.SCROLL, this::scrolled);
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
    addEventHandler(MouseEvent.MOUSE_MOVED, event -> model.point(place(event.getX())));
    addEventHandler(MouseEvent.MOUSE_EXITED, _ -> model.pointNowhere());
    addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
  }

  private void pressed(MouseEvent event) {
    requestFocus();
    draggedFrom = place(event.getX());
  }

  private void dragged(MouseEvent event) {
    if (event.getButton() == MouseButton.PRIMARY) {
      double now = place(event.getX());
      model.pan(draggedFrom - now);
      draggedFrom = now;
      model.point(now);
    }
  }

  private void clicked(MouseEvent event) {
    if (event.getButton() == MouseButton.PRIMARY
        && event.getClickCount() == 2
        && event.isStillSincePress()) {
      model.reset();
    }
  }

  private void scrolled(ScrollEvent event) {
    if (event.getDeltaY() != 0) {
      model.zoom(event.getDeltaY() > 0 ? 1 / ZOOM : ZOOM, place(event.getX()));
      event.consume();
    }
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    boolean done = true;
    switch (event.getCode()) {
      case PLUS, ADD, EQUALS -> model.zoom(1 / ZOOM);
      case MINUS, SUBTRACT -> model.zoom(ZOOM);
      case LEFT -> leftOrRight(event, -1);
      case RIGHT -> leftOrRight(event, 1);
      case HOME, DIGIT0, NUMPAD0 -> model.reset();
      case END -> model.follow();
      default -> done = false;
    }
    if (done) {
      event.consume();
    }
  }

  private void leftOrRight(KeyEvent event, int direction) {
    if (event.isShiftDown()) {
      model.step(direction);
    } else {
      model.pan(direction * PAN);
    }
  }

  private double place(double x) {
    Bounds area = plot.area(this);
    return Math.clamp((x - area.getMinX()) / Math.max(1, area.getWidth()), 0, 1);
  }
}
