// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.start;

import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.workspace.WindowState;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** The sample emitter's rate and switch, on the start page and above what it fills. */
public final class EmitterView {
  private final Slider slider = new Slider(0, StartModel.MAX_RATE, 0);
  private final Label rate = new Label();
  private final ToggleButton toggle = new ToggleButton();

  private EmitterView(StartModel model, String id) {
    slider.setId(id + "-rate");
    slider.setBlockIncrement(100);
    slider.valueProperty().bindBidirectional(model.rateProperty());
    slider.setAccessibleText("Records a second of the sample emitter");
    HBox.setHgrow(slider, Priority.ALWAYS);
    rate.getStyleClass().add("figure");
    rate.setMinWidth(120);
    rate.setAlignment(Pos.CENTER_RIGHT);
    rate.textProperty()
        .bind(
            Bindings.createStringBinding(
                () -> DisplayFormat.count(Math.round(model.rateProperty().get())) + " records/s",
                model.rateProperty()));
    toggle.setId(id + "-toggle");
    toggle.setMinWidth(HBox.USE_PREF_SIZE);
    toggle.setOnAction(_ -> model.emit(toggle.isSelected()));
    model
        .emittingProperty()
        .subscribe(
            on -> {
              toggle.setSelected(on);
              toggle.setText(on ? "Stop emitter" : "Start emitter");
            });
  }

  /** For the start page: the rate with a scale, and the switch below it. */
  static Node[] withScale(StartModel model) {
    var controls = new EmitterView(model, "emitter");
    controls.slider.setMajorTickUnit(1000);
    controls.slider.setMinorTickCount(1);
    controls.slider.setShowTickMarks(true);
    controls.slider.setShowTickLabels(true);
    var line = new HBox(10, controls.slider, controls.rate);
    line.setAlignment(Pos.TOP_LEFT); // Beside the track, which is above its figures.
    return new Node[] {line, controls.toggle};
  }

  /**
   * A bar that is there as long as there is a capture to send to.
   *
   * @param follow shows the newest rows of the table that shows
   */
  public static Node bar(StartModel model, WindowState window, Runnable follow) {
    var controls = new EmitterView(model, "emitter-bar");
    controls.slider.setMaxWidth(320);
    // End follows, whoever has the keys: it is not to send as much as can be, as a slider would
    // have
    // it when the key goes up.
    controls.slider.addEventFilter(
        KeyEvent.ANY,
        event -> {
          if (event.getCode() == KeyCode.END) {
            event.consume();
            if (event.getEventType() == KeyEvent.KEY_PRESSED) {
              follow.run();
            }
          }
        });
    var name = new Label("Sample emitter");
    name.getStyleClass().add("quiet");
    var bar = new HBox(10, name, controls.slider, controls.rate, controls.toggle);
    bar.setId("emitter-bar");
    bar.getStyleClass().add("panel");
    bar.setAlignment(Pos.CENTER_LEFT);
    bar.visibleProperty().bind(window.capturingProperty().and(window.growingProperty()));
    bar.managedProperty().bind(bar.visibleProperty());
    return bar;
  }
}
