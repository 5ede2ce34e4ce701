// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.start;

import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;

/** The start page: what one can begin with. */
public final class StartModel {
  /** What the sample emitter's slider reaches. */
  public static final double MAX_RATE = 5000;

  private final StringProperty command = new SimpleStringProperty("");
  private final DoubleProperty rate = new Rate(100);
  private final ReadOnlyBooleanWrapper emitting = new ReadOnlyBooleanWrapper();
  private final ObservableList<Path> recent;
  private final StartActions actions;

  /**
   * A page whose emitter does not run.
   *
   * @param recent the files that were open lately, the latest first
   */
  public StartModel(ObservableList<Path> recent, StartActions actions) {
    this.recent = recent;
    this.actions = actions;
    rate.addListener(
        (_, _, now) -> {
          if (emitting.get()) {
            actions.emit(now.doubleValue());
          }
        });
  }

  /** A round figure, wherever a slider is dropped. */
  private static final class Rate extends SimpleDoubleProperty {
    private Rate(double begin) {
      super(begin);
    }

    @Override
    public void set(double wanted) {
      double step = wanted < 100 ? 1 : Math.pow(10, Math.floor(Math.log10(wanted)) - 1);
      super.set(Math.rint(wanted / step) * step);
    }
  }

  /** A shell's command that sends something to the endpoint that a capture listens on. */
  public StringProperty commandProperty() {
    return command;
  }

  /**
   * Records a second, 0 to {@link #MAX_RATE}, rounded to two digits; takes effect while it emits.
   */
  public DoubleProperty rateProperty() {
    return rate;
  }

  public ReadOnlyBooleanProperty emittingProperty() {
    return emitting.getReadOnlyProperty();
  }

  public ObservableList<Path> recent() {
    return recent;
  }

  /** Opens a file in the place of what is open. */
  public void open(Path file) {
    actions.open(List.of(file));
  }

  /** Opens the recording that ships with the program. */
  public void openSample() {
    actions.openSample();
  }

  /** Starts the sample emitter at its rate, or stops it. */
  public void emit(boolean on) {
    if (emitting.get() != on) {
      emitting.set(on);
      actions.emit(on ? rate.get() : 0);
    }
  }
}
