// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.workspace;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** What is open in the window, and which of its tables shows. FX thread only. */
public final class WindowState {
  private final StringProperty title = new SimpleStringProperty("");
  private final BooleanProperty recording = new SimpleBooleanProperty();
  private final BooleanProperty capturing = new SimpleBooleanProperty();
  private final BooleanProperty growing = new SimpleBooleanProperty();
  private final BooleanProperty keys = new SimpleBooleanProperty();
  private final ObjectProperty<View> view = new SimpleObjectProperty<>(View.METRICS);
  private Runnable saveChooser = () -> {};

  /** What is open, as in {@code live 127.0.0.1:8124}; empty on the start page. */
  public StringProperty titleProperty() {
    return title;
  }

  /** Whether a recording is open; else the start page shows. */
  public BooleanProperty recordingProperty() {
    return recording;
  }

  /** Whether it is captured here, now. */
  public BooleanProperty capturingProperty() {
    return capturing;
  }

  /** Whether it may still grow: captured here, or attached. */
  public BooleanProperty growingProperty() {
    return growing;
  }

  /** Whether the list of keys shows. */
  public BooleanProperty keysProperty() {
    return keys;
  }

  public ObjectProperty<View> viewProperty() {
    return view;
  }

  /** How the user is asked for the file to save to: a window has a dialog for it. */
  public void setSaveChooser(Runnable chooser) {
    saveChooser = chooser;
  }

  /** Asks for a file, and saves what is open there. */
  public void chooseWhereToSave() {
    saveChooser.run();
  }
}
