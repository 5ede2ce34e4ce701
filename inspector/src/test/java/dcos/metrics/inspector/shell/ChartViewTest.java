// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.chart.ChartLine;
import dcos.metrics.inspector.chart.ChartModel;
import dcos.metrics.inspector.chart.ChartRange;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.testing.Mouse;
import java.util.Collection;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableRow;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The chart of the series that are selected. */
class ChartViewTest extends ShownSample {
  @Start
  @Override
  void show(Stage stage) {
    super.show(stage);
  }

  @Test
  void drawsTheSeriesThatAreSelectedAndReadsThemAtTheCrosshair(FxRobot robot) {
    robot.interact(sample::fill);
    await("series", () -> sample.model.tables().metrics().window().lines().size() > 5);
    assertThat(robot.lookup("#chart-hint").tryQuery()).isPresent();
    assertThat(robot.lookup("#chart").tryQuery()).isEmpty();

    robot.clickOn(row(robot, 0));
    robot.interact(() -> Mouse.controlPress(row(robot, 2)));

    assertThat(robot.lookup("#chart-hint").tryQuery()).isEmpty();
    await("both in the legend", () -> robot.lookup(".chart-legend-entry").queryAll().size() == 2);
    assertThat(robot.lookup(".chart-legend-entry").queryAllAs(Label.class))
        .extracting(Label::getText)
        .containsExactly("cpu.user", "mem.rss");
    assertThat(robot.lookup("#chart-note").queryAs(Label.class).getText())
        .isEqualTo("last 210 of up to 3,600 points");

    robot.interact(() -> sample.model.chart().point(0));

    await("the crosshair", () -> robot.lookup("#crosshair").<Node>query().isVisible());
    assertThat(robot.lookup("#crosshair-time").queryAs(Label.class).getText())
        .isEqualTo(DisplayFormat.time(1_700_000_000_000L));
    assertThat(robot.lookup(".crosshair-value").queryAllAs(Label.class))
        .extracting(Label::getText)
        .containsExactly(
            DisplayFormat.exact(0.42 * 2), DisplayFormat.exact(42 * (2 + Math.sin(18 / 14.0))));
    assertThat(robot.lookup(".crosshair-ring").queryAll()).hasSize(2);
  }

  @Test
  void zoomsAndMovesTheChartByKey(FxRobot robot) {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.tables().metrics().window().select(1));
    await("the chart", () -> robot.lookup("#chart").tryQuery().isPresent());
    ChartModel chart = sample.model.chart();
    double all = chart.rangeProperty().get().timeRange();
    robot.interact(() -> robot.lookup("#chart").<Node>query().requestFocus());

    robot.push(KeyCode.PLUS);
    assertThat(chart.rangeProperty().get().timeRange()).isEqualTo(all / 1.25);
    assertThat(robot.lookup("#chart-all").<Node>query().isVisible()).isTrue();

    Button showAll = robot.lookup("#chart-all").queryAs(Button.class);
    assertThat(showAll.getText()).isEqualTo("Zoomed · 0 shows all");
    await(
        "it is beside the curves",
        () ->
            showAll.localToScene(showAll.getLayoutBounds()).getMaxY()
                <= inScene(robot, "#chart-canvas").getMinY());

    robot.push(KeyCode.LEFT);
    assertThat(chart.followingProperty().get()).isFalse();

    robot.push(KeyCode.DIGIT0);
    assertThat(chart.rangeProperty().get().timeRange()).isEqualTo(all);
    assertThat(robot.lookup("#chart-all").<Node>query().isVisible()).isFalse();
  }

  @Test
  void zoomsAndMovesTheChartByMouse(FxRobot robot) {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.tables().metrics().window().select(1));
    await("the chart", () -> robot.lookup("#chart").tryQuery().isPresent());
    ChartModel chart = sample.model.chart();
    ChartRange all = chart.rangeProperty().get();
    Node view = robot.lookup("#chart").query();
    await(
        "its place",
        () -> robot.lookup("#chart-canvas").<Node>query().getLayoutBounds().getWidth() > 100);

    robot.interact(() -> Mouse.scroll(view, 1));
    ChartRange zoomed = chart.rangeProperty().get();
    assertThat(zoomed.timeRange()).isEqualTo(all.timeRange() / 1.25);
    assertThat(zoomed.fromMillis()).isGreaterThan(all.fromMillis());
    assertThat(zoomed.toMillis()).isLessThan(all.toMillis());

    robot.interact(() -> Mouse.drag(view, 40));
    assertThat(chart.rangeProperty().get().fromMillis()).isLessThan(zoomed.fromMillis());
    assertThat(chart.crosshairProperty().get()).isNotNull();

    robot.interact(() -> Mouse.doubleClick(view));
    assertThat(chart.rangeProperty().get()).isEqualTo(all);
  }

  @Test
  void callsSeriesOfOneNameByTheTagThatDiffersInTheLegendAndAtTheCrosshair(FxRobot robot) {
    ChartModel chart = sample.model.chart();
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.tables().metrics().window().select(1));
    await("the chart", () -> robot.lookup("#chart").tryQuery().isPresent());
    String one = "checkout-7f9c6d5b4-x2x" + "1".repeat(12);
    String other = "checkout-7f9c6d5b4-x2x" + "2".repeat(12);

    robot.interact(() -> chart.update(List.of(latency(100, one), latency(101, other)), 2));
    robot.interact(() -> chart.point(0.5));

    assertThat(robot.lookup("#chart-heading").queryAs(Label.class).getText())
        .isEqualTo("http.latency_ms.p99 by container_id");
    Collection<Label> entries = robot.lookup(".chart-legend-entry").queryAllAs(Label.class);
    assertThat(entries).extracting(Label::getText).containsExactly(one, other);
    await(
        "the whole of each",
        () ->
            robot.lookup(".chart-legend-entry .text").queryAllAs(Text.class).stream()
                .map(Text::getText)
                .toList()
                .equals(List.of(one, other)));
    await("the crosshair", () -> robot.lookup("#crosshair").<Node>query().isVisible());
    assertThat(robot.lookup("#crosshair-heading").queryAs(Label.class).getText())
        .isEqualTo("http.latency_ms.p99 by container_id");
    assertThat(robot.lookup(".crosshair-name").queryAllAs(Label.class))
        .extracting(Label::getText)
        .containsExactly(one, other);
    // Above the mouse, for the crosshair's box is below it.
    assertThat(entries)
        .extracting(entry -> entry.getTooltip().getAnchorLocation())
        .containsOnly(PopupWindow.AnchorLocation.WINDOW_BOTTOM_LEFT);
  }

  private static ChartLine latency(long id, String container) {
    return new ChartLine(
        new ChartLine.SeriesIdentity(
            id,
            "checkout",
            "http.latency_ms.p99",
            List.of(
                new ChartLine.ChartTag("container_id", container),
                new ChartLine.ChartTag("host", "a1"))),
        new ChartLine.KeptPointCounts(2, 0, true),
        new long[] {1000, 2000},
        new double[] {3, 4});
  }

  private static Bounds inScene(FxRobot robot, String query) {
    Node node = robot.lookup(query).query();
    return node.localToScene(node.getLayoutBounds());
  }

  @Test
  void selectsSeveralSeriesByKey(FxRobot robot) {
    robot.interact(sample::fill);
    await("series", () -> sample.model.tables().metrics().window().lines().size() > 5);
    robot.interact(() -> robot.lookup("#metrics-table").<Node>query().requestFocus());

    robot.push(KeyCode.DOWN);
    robot.push(KeyCode.SHIFT, KeyCode.DOWN);
    robot.push(KeyCode.CONTROL, KeyCode.DOWN);
    robot.push(KeyCode.CONTROL, KeyCode.DOWN);
    robot.push(KeyCode.CONTROL, KeyCode.SPACE);

    assertThat(sample.model.chart().linesProperty().get())
        .extracting(ChartLine::id)
        .containsExactly(0L, 1L, 3L);
    await("three rows", () -> robot.lookup(".table-row-cell:picked").queryAll().size() == 3);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
    await("still three", () -> robot.lookup(".table-row-cell:picked").queryAll().size() == 3);
  }

  @Test
  void keepsTheSeriesThatAreSelectedWhenTheRoomBelowThemIsClicked(FxRobot robot) {
    robot.interact(
        () -> {
          sample.open();
          sample.metrics.add(3);
          sample.model.changes().mark();
        });
    await("series", () -> sample.model.tables().metrics().window().lines().size() > 5);
    robot.clickOn(row(robot, 0));
    robot.interact(() -> Mouse.controlPress(row(robot, 2)));
    await("the chart", () -> robot.lookup("#chart").tryQuery().isPresent());
    robot.interact(() -> robot.lookup("#chart").<Node>query().requestFocus());

    robot.clickOn(row(robot, 4));

    assertThat(sample.model.chart().linesProperty().get())
        .extracting(ChartLine::id)
        .containsExactly(0L, 2L);
    assertThat(robot.lookup("#metrics-table").<Node>query().isFocused()).isTrue();
  }

  @Test
  void leavesTheKeysToTheTableWhenTheChartGoes(FxRobot robot) {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.tables().metrics().window().select(1));
    await("the chart", () -> robot.lookup("#chart").tryQuery().isPresent());
    robot.interact(() -> robot.lookup("#chart").<Node>query().requestFocus());

    robot.interact(() -> sample.model.tables().metrics().window().select(RowWindow.NONE));

    assertThat(robot.lookup("#chart").tryQuery()).isEmpty();
    assertThat(robot.lookup("#metrics-table").<Node>query().isFocused()).isTrue();
  }

  private static Node row(FxRobot robot, int line) {
    return robot.lookup("#metrics-table .table-row-cell").queryAllAs(TableRow.class).stream()
        .filter(row -> row.getIndex() == line)
        .findFirst()
        .orElseThrow();
  }
}
