// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.testing.Mouse;
import dcos.metrics.inspector.workspace.View;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import javafx.application.ColorScheme;
import javafx.geometry.Orientation;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * What a newcomer asks of the sample, through the real window, without being told where to look.
 * The pictures of it are in target/screenshots, to be looked at.
 */
class BundledSampleWindowTest extends AppInWindow {
  @Start
  void start(Stage stage) throws Exception {
    show(stage, 1280, 800, Map.of("KAFKA", "false"));
  }

  @Test
  void whyWasARecordThrottled(FxRobot robot) {
    open(robot);
    robot.interact(() -> model.filter().filterBy("outcome:throttled"));
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
    await("those throttled", () -> records().countProperty().get() == 1315);
    robot.interact(() -> records().reveal(0));

    await("why", () -> said().anyMatch(text -> text.contains("input-limit-amount-kbytes")));
  }

  @Test
  void hasRoomForTheSidebarAndTheDetailFromTheFirstOn(FxRobot robot) {
    double whole = stage.getScene().getWidth();
    open(robot);

    await("their room", () -> width("#detail", robot) > 0);

    assertThat(width("#sidebar", robot)).isBetween(0.14 * whole, 0.18 * whole);
    assertThat(width("#detail", robot)).isBetween(0.22 * whole, 0.27 * whole);
  }

  private static double width(String query, FxRobot robot) {
    return robot.lookup(query).queryAs(Region.class).getWidth();
  }

  @Test
  void whichMessageDidARecordGoOutInAndAtWhichOffset(FxRobot robot) {
    open(robot);
    robot.interact(() -> model.filter().filterBy("topic:checkout"));
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
    await("its records", () -> records().countProperty().get() == 240);
    robot.interact(() -> records().reveal(17));
    await("where it went", () -> said().anyMatch(text -> text.matches("partition@offset 0@\\d+")));

    robot.interact(() -> model.actions().followLink());

    assertThat(model.shown().viewProperty().get()).isEqualTo(View.DELIVERIES);
    var message = model.tables().deliveries().window().selectedRowProperty().get();
    assertThat(Objects.requireNonNull(message).state()).startsWith("delivered 0@");
  }

  @Test
  void whereDidAStreamBreak(FxRobot robot) {
    open(robot);
    await(
        "both in the sidebar",
        () ->
            model.sidebar().sources().stream()
                    .filter(entry -> entry.hint().contains(" at byte "))
                    .count()
                == 2);
    var broken =
        model.sidebar().sources().stream()
            .filter(entry -> entry.hint().contains("sync marker"))
            .findAny()
            .orElseThrow();

    robot.interact(() -> model.detail().subjectProperty().set(broken.subject().orElseThrow()));

    await("where", () -> said().anyMatch(text -> text.contains("expected")));
    assertThat(said()).anyMatch(text -> text.contains("found"));
  }

  @Test
  void whichSeriesIsTheGreatest(FxRobot robot) {
    open(robot);
    var metrics = model.tables().metrics().window();
    await("series", () -> metrics.countProperty().get() > metrics.lines().size());

    sortByLast(robot);
    await("the least first", () -> last(0) <= last(1) && last(1) <= last(2) && id(0) != 0);
    sortByLast(robot);
    await("the greatest first", () -> last(0) >= last(1) && last(1) >= last(2) && last(0) > 1e6);
    sortByLast(robot);
    await("as they came", () -> id(0) == 0 && id(1) == 1 && id(2) == 2);
  }

  private static void sortByLast(FxRobot robot) {
    robot.interact(() -> Mouse.click(robot.lookup("#metrics-table #last").query()));
  }

  private long id(int line) {
    var row = model.tables().metrics().window().lines().get(line).row();
    return row == null ? -1 : row.id();
  }

  private double last(int line) {
    var row = model.tables().metrics().window().lines().get(line).row();
    return row == null ? Double.NaN : row.last();
  }

  @ParameterizedTest
  @EnumSource
  void takesPicturesOfRealDataInEachTheme(ColorScheme scheme, FxRobot robot) throws IOException {
    robot.interact(() -> desktop.set(scheme));
    open(robot);
    robot.interact(() -> model.filter().filterBy("topic:checkout"));
    await("its series", () -> model.tables().metrics().window().countProperty().get() == 24);
    robot.interact(
        () -> {
          RowWindow<?> metrics = model.tables().metrics().window();
          metrics.select(2);
          metrics.extendTo(3);
        });
    await("no bar below columns that fit, the chart being there", () -> !hasBarBelow(robot));
    picture(scheme, "sample-metrics", robot);
    robot.interact(() -> model.filter().filterBy(""));
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
    await("all records", () -> records().countProperty().get() == 2294);
    robot.interact(() -> records().reveal(700));
    picture(scheme, "sample-records", robot);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
    robot.interact(() -> model.tables().deliveries().window().reveal(60));
    picture(scheme, "sample-deliveries", robot);
  }

  private static boolean hasBarBelow(FxRobot robot) {
    return robot.lookup("#metrics-table .scroll-bar").queryAllAs(ScrollBar.class).stream()
        .anyMatch(bar -> bar.getOrientation() == Orientation.HORIZONTAL && bar.isVisible());
  }

  private void picture(ColorScheme scheme, String name, FxRobot robot) throws IOException {
    robot.interact(() -> model.refresh().run());
    picture(scheme, name);
  }

  private void open(FxRobot robot) {
    robot.clickOn("#start-sample");
    await("the sample", () -> model.strip().ratesProperty().get().rates().length > 0);
  }

  private RowWindow<?> records() {
    return model.tables().records().window();
  }
}
