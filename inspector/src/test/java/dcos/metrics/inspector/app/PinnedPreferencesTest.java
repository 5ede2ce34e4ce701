// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.testing.MadeContainer;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.testkit.PinnedNames;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import javafx.scene.control.Button;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Names in the file that keeps how the window was left: another version reads it. */
class PinnedPreferencesTest extends AppInWindow {
  private final PinnedNames pinned = PinnedNames.ofModule();

  @Start
  void start(Stage stage) throws Exception {
    show(stage, 1280, 800, Map.of("KAFKA", "false"));
  }

  @Test
  void noNameInTheFileOfTheWindowChanges(FxRobot robot) throws Exception {
    SortedSet<String> values = new TreeSet<>();
    Path file = Files.write(temp.resolve("a.avro"), MadeContainer.of(3, 1000));
    begin(new LaunchTarget.OpenFiles(List.of(file)), robot);
    await("its records", () -> model.tables().records().window().countProperty().get() == 3);
    for (View view : View.values()) {
      robot.interact(() -> model.shown().viewProperty().set(view));
      robot.interact(() -> robot.lookup(".rows").queryAllAs(TableView.class).forEach(this::drag));
    }
    for (int i = 0; i < 3; i++) {
      robot.interact(() -> robot.lookup("#theme").queryAs(Button.class).fire());
      values.add("theme=" + kept().getProperty("theme"));
    }

    robot.interact(stage::hide);

    Properties kept = kept();
    for (String name : kept.stringPropertyNames()) {
      if (name.endsWith(".columns")) {
        List.of(kept.getProperty(name).split(",", -1))
            .forEach(column -> values.add(name + "=" + column));
      }
    }
    pinned.check("keys of window.properties", kept.stringPropertyNames());
    pinned.check("words of window.properties", values);
  }

  /** As a drag of the border of each column does. */
  private void drag(TableView<?> table) {
    table.getColumns().forEach(column -> drag(table, column));
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void drag(TableView table, TableColumn column) {
    assertThat(table.resizeColumn(column, 5)).isTrue();
  }

  private Properties kept() throws IOException {
    var kept = new Properties();
    try (Reader reader = Files.newBufferedReader(temp.resolve("window.properties"))) {
      kept.load(reader);
    }
    return kept;
  }
}
