// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.detail.DetailContent;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.shell.InspectorWindow;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.testing.Shot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** The real window over a workbench, without a display. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // by show
public abstract class AppInWindow {
  private static final Path FOLDER = Path.of("target", "screenshots");

  @TempDir public Path temp;
  final SimpleObjectProperty<ColorScheme> desktop = new SimpleObjectProperty<>(ColorScheme.LIGHT);
  public Stage stage;
  public WindowModel model;
  private AppController workbench;

  void show(Stage stage, double width, double height, Map<String, String> environment)
      throws Exception {
    this.stage = stage;
    stage.setWidth(width);
    stage.setHeight(height);
    OptionValues values = OptionValues.of(Map.of(), environment);
    var remembered = Preferences.load(temp.resolve("window.properties"));
    workbench = new AppController(remembered, values, temp, Platform::runLater);
    model = workbench.model();
    new InspectorWindow(stage, model, remembered, desktop).show();
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(workbench::close);
  }

  /** Does what the command line asked for. */
  void begin(LaunchTarget opening, FxRobot robot) {
    robot.interact(() -> workbench.begin(opening));
  }

  /** Takes a picture, to be looked at. */
  void picture(ColorScheme scheme, String name) throws IOException {
    WaitForAsyncUtils.waitForFxEvents(20);
    Path file = FOLDER.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png");
    Shot.of(stage.getScene(), file);
    assertThat(file).isNotEmptyFile();
  }

  /** The lines of the detail pane. */
  Stream<String> said() {
    DetailContent detail = model.detail().detailProperty().get();
    return detail == null ? Stream.empty() : lines(detail.root());
  }

  private static Stream<String> lines(DetailContent.DetailNode node) {
    return Stream.concat(
        Stream.of(node.name() + " " + node.value()),
        node.children().stream().flatMap(AppInWindow::lines));
  }
}
