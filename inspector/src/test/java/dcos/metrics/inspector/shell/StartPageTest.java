// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static dcos.metrics.inspector.testing.OnScreen.click;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.testing.Drop;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** How one begins. */
class StartPageTest extends ShownSample {
  @Start
  @Override
  void show(Stage stage) {
    super.show(stage);
  }

  @Test
  void beginsOnItsStartPage(FxRobot robot) {
    assertThat(robot.lookup("#start").<Node>query().isVisible()).isTrue();
    assertThat(robot.lookup("#start-command").queryAs(TextField.class).getText())
        .isEqualTo("nc 127.0.0.1 8124 < metrics.avro");
    assertThat(stage.getTitle()).isEqualTo("Metrics Inspector");
  }

  @Test
  void startsACaptureFromItsStartPage(FxRobot robot) {
    robot.clickOn("#start-capture");

    assertThat(sample.actions.asked()).containsExactly("capture true");
  }

  @Test
  void opensTheSampleFromItsStartPage(FxRobot robot) {
    robot.clickOn("#start-sample");

    assertThat(sample.actions.asked()).containsExactly("open sample");
  }

  @Test
  void emitsAtTheSlidersRateUntilStopped(FxRobot robot) {
    robot.clickOn("#emitter-toggle");
    robot.interact(() -> robot.lookup("#emitter-rate").queryAs(Slider.class).setValue(5000));
    robot.clickOn("#emitter-toggle");

    assertThat(sample.actions.asked()).containsExactly("emit 100", "emit 5000", "emit 0");
  }

  @Test
  void keepsTheEmittersRateAndSwitchAboveItsCapture(FxRobot robot) {
    robot.interact(sample::open);
    assertThat(robot.lookup("#emitter-bar").query().isVisible()).isTrue();
    robot.clickOn("#emitter-bar-toggle");
    robot.interact(() -> robot.lookup("#emitter-bar-rate").queryAs(Slider.class).setValue(700));

    robot.clickOn("#emitter-bar-toggle");

    assertThat(sample.actions.asked()).containsExactly("emit 100", "emit 700", "emit 0");
    assertThat(robot.lookup("#emitter-bar").query().isVisible()).isTrue();
    robot.interact(() -> sample.model.shown().capturingProperty().set(false));
    assertThat(robot.lookup("#emitter-bar").query().isVisible()).isFalse();
  }

  @Test
  void showsHowToSendSomethingUntilTheFirstRecordComes(FxRobot robot) {
    robot.interact(sample::open);
    TextField command = robot.lookup("#metrics-command").queryAs(TextField.class);
    assertThat(command.getText()).isEqualTo("nc 127.0.0.1 8124 < metrics.avro");
    assertThat(isInSight(command)).isTrue();

    robot.clickOn("#metrics-copy");
    assertThat(copied(robot)).isEqualTo("nc 127.0.0.1 8124 < metrics.avro");

    robot.interact(sample::fill);
    await("the rows", () -> !isInSight(command));
  }

  @Test
  void comesBackToTheStartPage(FxRobot robot) {
    Button home = robot.lookup("#home").queryButton();
    assertThat(home.isDisabled()).isTrue();
    robot.interact(sample::open);

    robot.clickOn("#home");
    robot.push(KeyCode.CONTROL, KeyCode.W);

    assertThat(sample.actions.asked()).containsExactly("start page", "start page");
    robot.interact(() -> sample.model.shown().recordingProperty().set(false));
    await("the keys", () -> robot.lookup("#start-capture").<Node>query().isFocused());
  }

  private static boolean isInSight(Node node) {
    for (Node up = node; up != null; up = up.getParent()) {
      if (!up.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private static String copied(FxRobot robot) {
    var text = new StringBuilder();
    robot.interact(() -> text.append(Clipboard.getSystemClipboard().getString()));
    return text.toString();
  }

  @Test
  void opensARecentFile(FxRobot robot) {
    robot.interact(() -> sample.recent.add(Path.of("/data/one.avro")));

    click("/data/one.avro", robot);

    assertThat(sample.actions.asked()).containsExactly("open [/data/one.avro]");
  }

  @Test
  void opensFilesThatAreDropped(FxRobot robot) {
    robot.interact(
        () ->
            Drop.files(stage.getScene(), List.of(Path.of("/tmp/a.avro"), Path.of("/tmp/b.avro"))));

    assertThat(sample.actions.asked()).containsExactly("open [/tmp/a.avro, /tmp/b.avro]");
  }
}
