// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.replay;

import atlantafx.base.theme.Styles;
import dcos.metrics.inspector.replay.ReplayModel.ReplaySpeed;
import dcos.metrics.inspector.replay.ReplayModel.ReplayTarget;
import java.nio.file.Path;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/** The panel that sends files again, above what it may fill. */
public final class ReplayView extends VBox {
  private static final double LABEL_WIDTH = 50;

  private final ReplayModel model;

  public ReplayView(ReplayModel model, Runnable chooseFiles) {
    super(8);
    this.model = model;
    setId("replay-panel");
    getStyleClass().add("panel");
    var grid = new GridPane(10, 6);
    grid.addRow(0, label("Send"), files(chooseFiles));
    grid.addRow(1, label("Pace"), pace());
    grid.addRow(2, label("To"), target());
    GridPane.setHgrow(grid.getChildren().get(1), Priority.ALWAYS);
    getChildren().addAll(grid, run(), error());
  }

  private static Label label(String text) {
    var label = new Label(text);
    label.setMinWidth(LABEL_WIDTH);
    label.getStyleClass().add("quiet");
    return label;
  }

  private Node files(Runnable chooseFiles) {
    var names = new Label();
    names.setId("replay-files");
    names
        .textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    model.files().isEmpty()
                        ? "No file is chosen"
                        : model.files().stream()
                            .map(Path::getFileName)
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")),
                model.files()));
    var choose = new Button("Choose…");
    choose.setId("replay-choose");
    choose.getStyleClass().add(Styles.SMALL);
    choose.setMinWidth(USE_PREF_SIZE);
    choose.setOnAction(_ -> chooseFiles.run());
    choose.disableProperty().bind(model.runningProperty());
    var room = new Region();
    HBox.setHgrow(room, Priority.ALWAYS);
    var close = new Button(null, new FontIcon(Feather.X));
    close.setId("replay-close");
    close.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
    close.setAccessibleText("Close this panel; what is being sent goes on");
    close.setOnAction(_ -> model.shownProperty().set(false));
    return line(names, choose, room, close);
  }

  private Node pace() {
    var group = new ToggleGroup();
    RadioButton own = radio("replay-own", "its own", group, model.paceProperty(), ReplaySpeed.OWN);
    RadioButton faster =
        radio("replay-faster", "faster, times", group, model.paceProperty(), ReplaySpeed.FASTER);
    var times = new TextField();
    times.setId("replay-times");
    times.setPrefColumnCount(5);
    times.textProperty().bindBidirectional(model.timesProperty());
    times.disableProperty().bind(model.paceProperty().isNotEqualTo(ReplaySpeed.FASTER));
    RadioButton max =
        radio("replay-max", "as fast as it goes", group, model.paceProperty(), ReplaySpeed.MAX);
    return line(own, faster, times, max);
  }

  private Node target() {
    var group = new ToggleGroup();
    RadioButton window =
        radio(
            "replay-here",
            "this window's pipeline",
            group,
            model.targetProperty(),
            ReplayTarget.WINDOW);
    var kafka = new CheckBox("Send to Kafka");
    kafka.setId("replay-kafka");
    kafka.selectedProperty().bindBidirectional(model.kafkaProperty());
    kafka.disableProperty().bind(model.targetProperty().isNotEqualTo(ReplayTarget.WINDOW));
    var confirm = new CheckBox("Yes, all of it, for real");
    confirm.setId("replay-confirm");
    confirm.selectedProperty().bindBidirectional(model.confirmedProperty());
    confirm.visibleProperty().bind(model.asksToConfirm());
    confirm.managedProperty().bind(confirm.visibleProperty());
    RadioButton host =
        radio("replay-there", "a collector at", group, model.targetProperty(), ReplayTarget.HOST);
    var endpoint = new TextField();
    endpoint.setId("replay-host");
    endpoint.setPromptText("HOST:PORT");
    endpoint.setPrefColumnCount(12);
    endpoint.textProperty().bindBidirectional(model.hostProperty());
    endpoint.disableProperty().bind(model.targetProperty().isNotEqualTo(ReplayTarget.HOST));
    endpoint.setOnAction(_ -> model.start());
    return line(window, kafka, confirm, host, endpoint);
  }

  private Node run() {
    var start = new Button("Start", new FontIcon(Feather.PLAY));
    start.setId("replay-start");
    start.getStyleClass().add(Styles.ACCENT);
    start.setOnAction(_ -> model.start());
    start.disableProperty().bind(model.canStart().not());
    var stop = new Button("Stop");
    stop.setId("replay-stop");
    stop.setOnAction(_ -> model.stop());
    stop.disableProperty().bind(model.runningProperty().not());
    for (Button button : new Button[] {start, stop}) {
      button.setMinWidth(USE_PREF_SIZE);
    }
    var progress = new ProgressBar();
    progress.setId("replay-progress");
    progress.setPrefWidth(240);
    progress.progressProperty().bind(model.progressProperty());
    var status = new Label();
    status.setId("replay-status");
    status.getStyleClass().add("figure");
    status.textProperty().bind(model.statusProperty());
    return line(start, stop, progress, status);
  }

  private Node error() {
    var error = new Label();
    error.setId("replay-error");
    error.getStyleClass().add("reason");
    error.setWrapText(true);
    error.textProperty().bind(model.errorProperty());
    error.visibleProperty().bind(model.errorProperty().isNotEmpty());
    error.managedProperty().bind(error.visibleProperty());
    return error;
  }

  private static <T> RadioButton radio(
      String id, String text, ToggleGroup group, ObjectProperty<T> property, T value) {
    var radio = new RadioButton(text);
    radio.setId(id);
    radio.setMinWidth(USE_PREF_SIZE);
    radio.setToggleGroup(group);
    radio.setOnAction(_ -> property.set(value));
    property.subscribe(now -> radio.setSelected(value.equals(now)));
    return radio;
  }

  private static HBox line(Node... nodes) {
    var line = new HBox(10, nodes);
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }
}
