// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.testing.SampleWindow;
import java.nio.file.Path;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.stage.Stage;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;

/** The real window over a model that is made up, without a display. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // by show
abstract class ShownSample {
  @TempDir Path config;
  final SampleWindow sample = new SampleWindow();
  final SimpleObjectProperty<ColorScheme> desktop = new SimpleObjectProperty<>(ColorScheme.LIGHT);
  Stage stage;

  /** To be overridden as what begins each test: that is looked for in a test's own class alone. */
  void show(Stage stage) {
    this.stage = stage;
    stage.setWidth(980);
    stage.setHeight(760);
    new InspectorWindow(stage, sample.model, remembered(), desktop).show();
  }

  Preferences remembered() {
    return Preferences.load(config.resolve("window.properties"));
  }
}
