// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static dcos.metrics.inspector.testing.OnScreen.click;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.preferences.Theme;
import dcos.metrics.inspector.testing.Mouse;
import dcos.metrics.inspector.timeline.TimelineModel;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import dcos.metrics.inspector.workspace.NoticesModel.WindowNotice;
import dcos.metrics.inspector.workspace.View;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Through the real window, without a display. */
class InspectorWindowTest extends ShownSample {
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
    "W, start page",
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#start",
        "#settings-panel",
        "#replay-panel",
        "#keys-list",
        "#metrics-table",
        "#deliveries-table"
      })
  void isMadeOfNothingThatDoesNotShow(String hidden, FxRobot robot) {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.shown().viewProperty().set(View.RECORDS));

    assertThat(robot.lookup("#records-table").tryQuery()).isPresent();
    assertThat(robot.lookup(hidden).tryQuery()).isEmpty();
  }

  @Test
  void listsItsKeys(FxRobot robot) {
    robot.push(KeyCode.F1);
    assertThat(robot.lookup("#keys-list").<Node>query().isVisible()).isTrue();
    assertThat(robot.lookup("Ctrl+Shift+E").tryQuery()).isPresent();

    robot.push(KeyCode.ESCAPE);
    assertThat(robot.lookup("#keys-list").tryQuery()).isEmpty();
  }

  @Test
  void listsWhatAFilterAndTheTimeStripUnderstand(FxRobot robot) {
    robot.push(KeyCode.F1);

    assertThat(robot.lookup("ms>100").tryQuery()).isPresent();
    assertThat(robot.lookup("a or b  -(a b)").tryQuery()).isPresent();
    assertThat(robot.lookup("limits every view to that time").tryQuery()).isPresent();
  }

  @Test
  void closesWithEscWhatIsOnTop(FxRobot robot) {
    robot.interact(sample::fill);
    robot.interact(() -> sample.replay.offer(List.of(Path.of("/tmp/input-1.avro"))));
    robot.interact(sample.settings::offer);
    await("the field has the keys", () -> stage.getScene().getFocusOwner() instanceof TextField);
    var lost =
        new WindowNotice("unsaved", StatusTone.WARNING, "3 records would be lost", List.of());
    robot.interact(() -> sample.model.notices().ask(lost));
    robot.push(KeyCode.F1);

    robot.push(KeyCode.ESCAPE);
    assertThat(sample.shown.keysProperty().get()).isFalse();
    assertThat(sample.model.notices().all()).containsExactly(lost);

    robot.push(KeyCode.ESCAPE);
    assertThat(sample.model.notices().all()).isEmpty();
    assertThat(sample.settings.shownProperty().get()).isTrue();

    robot.push(KeyCode.ESCAPE);
    assertThat(sample.settings.shownProperty().get()).isFalse();
    assertThat(sample.replay.shownProperty().get()).isTrue();

    robot.push(KeyCode.ESCAPE);
    assertThat(sample.replay.shownProperty().get()).isFalse();
  }

  @Test
  void offersToExportWhatIsOpen(FxRobot robot) {
    Button export = robot.lookup("#export").queryButton();
    assertThat(export.isDisabled()).isTrue();
    assertThat(export.getTooltip().getText())
        .isEqualTo("Write what the filter shows as CSV or JSON lines (Ctrl+Shift+E)");

    robot.interact(sample::open);

    assertThat(export.isDisabled()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void showsWhereTheKeysAre(ColorScheme scheme, FxRobot robot) {
    robot.interact(() -> desktop.set(scheme));
    Region before = (Region) stage.getScene().getFocusOwner();
    assertThat(before.getBorder()).isNull();

    robot.push(KeyCode.TAB);

    Region now = (Region) stage.getScene().getFocusOwner();
    assertThat(now).isNotSameAs(before);
    assertThat(now.getBorder().getStrokes()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"DIGIT1, #metrics-table", "DIGIT2, #records-table", "DIGIT3, #deliveries-table"})
  void givesTheKeysToTheTableOfAView(KeyCode key, String table, FxRobot robot) {
    robot.interact(sample::fill);
    robot.push(KeyCode.CONTROL, KeyCode.L);

    robot.push(KeyCode.CONTROL, key);

    await("it has the keys", () -> robot.lookup(table).<Node>query().isFocused());
  }

  @Test
  void showsTheTimesOfTheBrushBelowTheMarks(FxRobot robot) {
    robot.interact(sample::fill);

    robot.interact(() -> sample.model.strip().brush(0.3, 0.6));

    TimelineModel.TimelineRange timeRange =
        Objects.requireNonNull(sample.model.strip().brushProperty().get());
    await(
        "its times",
        () ->
            robot
                .lookup("#strip-brushed")
                .queryLabeled()
                .getText()
                .equals(
                    DisplayFormat.time(timeRange.fromMillis())
                        + " – "
                        + DisplayFormat.time(timeRange.toMillis())));
    List<Node> layers = robot.lookup("#strip").queryAs(Pane.class).getChildren();
    assertThat(layers.getFirst().getStyleClass()).contains("strip-brush");
  }

  @Test
  void brushesUntilWhereTheMouseIsLetGo(FxRobot robot) {
    robot.interact(sample::fill);
    Pane strip = robot.lookup("#strip").queryAs(Pane.class);
    await("its place", () -> strip.getWidth() > 100);
    TimelineModel model = sample.model.strip();

    robot.interact(() -> Mouse.dragFast(strip, strip.getWidth() / 4));

    TimelineModel.TimelineRange timeRange = Objects.requireNonNull(model.brushProperty().get());
    assertThat(model.place(timeRange.fromMillis())).isCloseTo(0.5, within(0.002));
    assertThat(model.place(timeRange.toMillis())).isCloseTo(0.75, within(0.002));
  }

  @Test
  void reportsTheTimeUnderTheMouse(FxRobot robot) {
    robot.interact(sample::fill);
    Pane strip = robot.lookup("#strip").queryAs(Pane.class);
    await("its place", () -> strip.getWidth() > 100);

    robot.interact(() -> Mouse.move(strip, 10));

    long time = Objects.requireNonNull(sample.model.strip().pointedProperty().get());
    assertThat(sample.model.strip().place(time))
        .isCloseTo(0.5 + 10 / strip.getWidth(), within(0.002));
    Label pointed = robot.lookup("#strip-pointed").queryAs(Label.class);
    await(
        "it shows",
        () -> pointed.isVisible() && pointed.getText().equals(DisplayFormat.time(time)));
  }

  @Test
  void brushesByKey(FxRobot robot) {
    robot.interact(sample::fill);
    Pane strip = robot.lookup("#strip").queryAs(Pane.class);
    TimelineModel model = sample.model.strip();
    robot.interact(strip::requestFocus);

    robot.push(KeyCode.LEFT).push(KeyCode.LEFT);
    robot.push(KeyCode.SHIFT, KeyCode.LEFT).push(KeyCode.SHIFT, KeyCode.LEFT);

    TimelineModel.TimelineRange timeRange = Objects.requireNonNull(model.brushProperty().get());
    assertThat(model.place(timeRange.toMillis())).isCloseTo(0.99, within(0.002));
    assertThat(model.place(timeRange.fromMillis())).isCloseTo(0.97, within(0.002));
    robot.push(KeyCode.ESCAPE);
    assertThat(model.brushProperty().get()).isNull();
    assertThat(model.pointedProperty().get()).isNull();
  }

  @Test
  void showsTheDefaultOfAFieldThatHasTheKeys(FxRobot robot) {
    robot.interact(sample.settings::offer);
    await("the field has the keys", () -> stage.getScene().getFocusOwner() instanceof TextField);

    assertThat(robot.from(stage.getScene().getFocusOwner()).lookup(".text").queryAllAs(Text.class))
        .filteredOn(Node::isVisible)
        .filteredOn(text -> !Color.TRANSPARENT.equals(text.getFill()))
        .extracting(Text::getText)
        .contains("127.0.0.1:8124");
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
  void reportsWhereTheCountStandsThatAFilterWasStopped(FxRobot robot) {
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
    List<NoticeAction> actions = List.of(new NoticeAction("Stop", sample.actions::mark));
    robot.interact(
        () ->
            sample
                .model
                .notices()
                .show(new WindowNotice("export", StatusTone.BUSY, "10%", actions)));
    Node button = robot.lookup("Stop").query();

    robot.interact(
        () ->
            sample
                .model
                .notices()
                .show(new WindowNotice("export", StatusTone.BUSY, "20%", actions)));

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
                    new WindowNotice(
                        "port",
                        StatusTone.BAD,
                        "Port 8124 is in use",
                        List.of(new NoticeAction("Try again", sample.actions::mark)))));

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
        });
    robot.interact(() -> stage.hide());

    assertThat(remembered().size("height", 0)).isBetween(600.0, 700.0);
    assertThat(remembered().words("records.columns")).startsWith("position", "time", "source");
  }
}
