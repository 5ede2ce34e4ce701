// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static dcos.metrics.inspector.testing.OnScreen.click;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.remembered.Theme;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.Notices.Notice;
import dcos.metrics.inspector.viewmodel.Tone;
import dcos.metrics.inspector.viewmodel.WindowModel.View;
import java.nio.file.Path;
import java.util.List;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Through the real window, without a display. */
class WindowTest extends ShownSample {
  @Start
  @Override
  void show(Stage stage) {
    super.show(stage);
  }

  @ParameterizedTest
  @CsvSource({
    "E, capture false",
    "M, mark",
    "K, clear view",
    "J, follow link",
    "COMMA, settings",
  })
  void hasAKeyForWhatItCanBeAsked(KeyCode key, String asked, FxRobot robot) {
    robot.interact(sample::fill);

    robot.push(KeyCode.CONTROL, key);

    assertThat(sample.actions.asked()).containsExactly(asked);
  }

  @Test
  void changesTheViewByKey(FxRobot robot) {
    robot.interact(sample::fill);

    robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);

    assertThat(sample.model.shown().viewProperty().get()).isEqualTo(View.DELIVERIES);
    assertThat(robot.lookup("#deliveries-table").<Node>query().isVisible()).isTrue();
  }

  @Test
  void listsItsKeys(FxRobot robot) {
    robot.push(KeyCode.F1);
    assertThat(robot.lookup("#keys-list").<Node>query().isVisible()).isTrue();
    assertThat(robot.lookup("Ctrl+Shift+E").tryQuery()).isPresent();

    robot.push(KeyCode.ESCAPE);
    assertThat(robot.lookup("#keys-list").<Node>query().isVisible()).isFalse();
  }

  @Test
  void turnsTheFilterRedAndSaysWhy(FxRobot robot) {
    robot.interact(sample::fill);
    robot.push(KeyCode.CONTROL, KeyCode.L);

    robot.write("topic:");
    Label reason = robot.lookup("#filter-reason").queryAs(Label.class);

    assertThat(reason.isVisible()).isTrue();
    assertThat(reason.getText()).isEqualTo("value expected behind topic:");
    assertThat(robot.lookup("#filter").<Node>query().getPseudoClassStates())
        .anyMatch(state -> state.getPseudoClassName().equals("danger"));

    robot.write("web").push(KeyCode.ENTER);

    assertThat(reason.isVisible()).isFalse();
    assertThat(sample.filters).containsExactly("topic:web");
  }

  @Test
  void saysWhereTheCountStandsThatAFilterWasStopped(FxRobot robot) {
    robot.interact(sample::fill);
    Label shown = robot.lookup("#shown").queryAs(Label.class);
    await("the rows", () -> shown.getText().equals("340 shown"));

    robot.interact(() -> sample.model.filter().stoppedProperty().set(true));

    assertThat(shown.getText()).isEqualTo("stopped: 340 shown, not all");
  }

  @Test
  void filtersByWhatIsClickedInTheSidebarAndInTheLedger(FxRobot robot) {
    robot.interact(sample::fill);

    click("tcp :40122", robot);
    click("delivered 97,911", robot);

    assertThat(sample.filters).containsExactly("source:40122", "state:delivered");
  }

  @Test
  void keepsTheButtonsOfANoticeThatSaysSomethingElse(FxRobot robot) {
    List<Action> actions = List.of(new Action("Stop", sample.actions::mark));
    robot.interact(
        () -> sample.model.notices().show(new Notice("export", Tone.BUSY, "10%", actions)));
    Node button = robot.lookup("Stop").query();

    robot.interact(
        () -> sample.model.notices().show(new Notice("export", Tone.BUSY, "20%", actions)));

    assertThat(robot.lookup("Stop").<Node>query()).isSameAs(button);
    assertThat(robot.lookup("20%").tryQuery()).isPresent();
    assertThat(robot.lookup("10%").tryQuery()).isEmpty();
  }

  @Test
  void showsANoticeUntilItIsClosed(FxRobot robot) {
    robot.interact(
        () ->
            sample
                .model
                .notices()
                .show(
                    new Notice(
                        "port",
                        Tone.BAD,
                        "Port 8124 is in use",
                        List.of(new Action("Try again", sample.actions::mark)))));

    click("Try again", robot);
    assertThat(sample.actions.asked()).containsExactly("mark");

    robot.interact(() -> sample.model.notices().clear("port"));
    assertThat(robot.lookup("Port 8124 is in use").tryQuery()).isEmpty();
  }

  @Test
  void followsTheDesktopsThemeUntilOneIsChosen(FxRobot robot) {
    robot.interact(() -> desktop.set(ColorScheme.DARK));
    assertThat(Application.getUserAgentStylesheet()).contains("primer-dark");

    robot.clickOn("#theme"); // Light, whatever the desktop is.
    assertThat(Application.getUserAgentStylesheet()).contains("primer-light");

    robot.clickOn("#theme");
    assertThat(Application.getUserAgentStylesheet()).contains("primer-dark");
    assertThat(remembered().theme()).isEqualTo(Theme.DARK);
  }

  @Test
  void remembersHowItWasLeft(FxRobot robot) {
    robot.interact(
        () -> {
          stage.setWidth(900);
          stage.setHeight(700);
          sample.recent.add(Path.of("/tmp/one.avro"));
        });
    robot.interact(() -> stage.hide());

    assertThat(remembered().size("height", 0)).isBetween(600.0, 700.0);
    assertThat(remembered().words("records.columns")).startsWith("position", "time", "source");
    assertThat(remembered().recent()).containsExactly(Path.of("/tmp/one.avro"));
  }
}
