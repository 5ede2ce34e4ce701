// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.window;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.remembered.Remembered;
import dcos.metrics.inspector.remembered.Theme;
import dcos.metrics.inspector.testing.Drop;
import dcos.metrics.inspector.testing.Mouse;
import dcos.metrics.inspector.testing.SampleWindow;
import dcos.metrics.inspector.viewmodel.ChartLine;
import dcos.metrics.inspector.viewmodel.ChartModel;
import dcos.metrics.inspector.viewmodel.ChartRange;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.Notices.Notice;
import dcos.metrics.inspector.viewmodel.RecordRow;
import dcos.metrics.inspector.viewmodel.ReplayModel;
import dcos.metrics.inspector.viewmodel.RowWindow;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import dcos.metrics.inspector.viewmodel.WindowModel.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TableRow;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.FileChooser;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Through the real window, without a display. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // by start
class WindowTest {
  @TempDir Path config;
  private final SampleWindow sample = new SampleWindow();
  private final SimpleObjectProperty<ColorScheme> desktop =
      new SimpleObjectProperty<>(ColorScheme.LIGHT);
  private Stage stage;

  @Start
  void start(Stage stage) {
    this.stage = stage;
    stage.setWidth(980);
    stage.setHeight(760);
    new InspectorWindow(stage, sample.model, remembered(), desktop).show();
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
  void emitsAtTheSlidersRateUntilStopped(FxRobot robot) throws Exception {
    robot.clickOn("#emitter-toggle");
    robot.interact(() -> robot.lookup("#emitter-rate").queryAs(Slider.class).setValue(5000));
    robot.clickOn("#emitter-toggle");

    assertThat(sample.actions.asked()).containsExactly("emit 100", "emit 5000", "emit 0");
  }

  @Test
  void opensARecentFile(FxRobot robot) throws Exception {
    robot.interact(() -> sample.recent.add(Path.of("/tmp/one.avro")));

    clickOn("/tmp/one.avro", robot);

    assertThat(sample.actions.asked()).containsExactly("open [/tmp/one.avro]");
  }

  @Test
  void opensFilesThatAreDropped(FxRobot robot) {
    robot.interact(
        () ->
            Drop.files(stage.getScene(), List.of(Path.of("/tmp/a.avro"), Path.of("/tmp/b.avro"))));

    assertThat(sample.actions.asked()).containsExactly("open [/tmp/a.avro, /tmp/b.avro]");
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
  void copiesTheSelectedRow(FxRobot robot) {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.shown().viewProperty().set(View.RECORDS));
    robot.interact(() -> robot.lookup("#records-table").<Node>query().requestFocus());

    robot.push(KeyCode.CONTROL, KeyCode.C);
    assertThat(clipboard(robot)).isEqualTo("as JSON");
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
    assertThat(clipboard(robot)).isEqualTo("as FILTER");
    robot.interact(
        () ->
            robot
                .lookup("#records-table")
                .queryTableView()
                .getContextMenu()
                .getItems()
                .getFirst()
                .fire());

    assertThat(clipboard(robot)).isEqualTo("as JSON");
    assertThat(sample.actions.asked()).containsExactly("copy JSON", "copy FILTER", "copy JSON");
  }

  @Test
  void copiesTheTextOfTheFilterLineWhileThatHasTheKeys(FxRobot robot) {
    robot.interact(sample::fill);
    robot.push(KeyCode.CONTROL, KeyCode.L);
    robot.write("topic:web");
    robot.push(KeyCode.CONTROL, KeyCode.A);

    robot.push(KeyCode.CONTROL, KeyCode.C);

    assertThat(clipboard(robot)).isEqualTo("topic:web");
    assertThat(sample.actions.asked()).isEmpty();
  }

  @Test
  void replaysFromItsPanel(FxRobot robot) throws Exception {
    robot.interact(sample::fill);
    assertThat(robot.lookup("#replay-panel").<Node>query().isVisible()).isFalse();
    robot.clickOn("#replay");
    assertThat(sample.actions.asked()).containsExactly("replay");

    robot.interact(() -> sample.replay.offer(List.of(Path.of("/tmp/input-1.avro"))));
    assertThat(robot.lookup("#replay-files").queryLabeled().getText()).isEqualTo("input-1.avro");
    click("#replay-max", robot);
    click("#replay-there", robot);
    robot.clickOn("#replay-host").write("10.0.0.1:8124");
    click("#replay-start", robot);

    assertThat(sample.replays.asked())
        .containsExactly(
            new ReplayModel.Asked(
                List.of(Path.of("/tmp/input-1.avro")),
                "max",
                ReplayModel.Target.HOST,
                "10.0.0.1:8124",
                false));
    click("#replay-stop", robot);
    assertThat(sample.replays.stops()).isEqualTo(1);
    robot.interact(() -> sample.replay.failed("cannot connect to 10.0.0.1:8124: refused"));
    assertThat(robot.lookup("#replay-error").queryLabeled().getText())
        .isEqualTo("cannot connect to 10.0.0.1:8124: refused");
    click("#replay-close", robot);
    assertThat(robot.lookup("#replay-panel").<Node>query().isVisible()).isFalse();
  }

  @Test
  void asksOnceMoreBeforeItReplaysToKafka(FxRobot robot) throws Exception {
    robot.interact(sample::fill);
    robot.interact(() -> sample.replay.offer(List.of(Path.of("/tmp/input-1.avro"))));
    assertThat(robot.lookup("#replay-confirm").<Node>query().isVisible()).isFalse();

    click("#replay-kafka", robot);
    assertThat(robot.lookup("#replay-start").<Node>query().isDisabled()).isTrue();
    click("#replay-confirm", robot);
    click("#replay-start", robot);

    assertThat(sample.replays.asked()).extracting(ReplayModel.Asked::kafka).containsExactly(true);
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
  void namesAFileAsItsKindWhereItHasNoEnd() {
    var csv = new FileChooser.ExtensionFilter("CSV", "*.csv");

    assertThat(Files.named(Path.of("/tmp/all"), csv)).isEqualTo(Path.of("/tmp/all.csv"));
    assertThat(Files.named(Path.of("/tmp/all.jsonl"), csv)).isEqualTo(Path.of("/tmp/all.jsonl"));
    assertThat(Files.named(Path.of("/tmp/all"), null)).isEqualTo(Path.of("/tmp/all"));
  }

  private static String clipboard(FxRobot robot) {
    List<String> text = new ArrayList<>();
    robot.interact(() -> text.add(Clipboard.getSystemClipboard().getString()));
    return text.getFirst();
  }

  private static void click(String query, FxRobot robot) throws TimeoutException {
    await(() -> robot.lookup(query).query().getLayoutBounds().getWidth() > 0);
    robot.clickOn(query);
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
  void filtersByWhatIsClickedInTheSidebarAndInTheLedger(FxRobot robot) throws Exception {
    robot.interact(sample::fill);

    clickOn("tcp :40122", robot);
    clickOn("delivered 97,911", robot);

    assertThat(sample.filters).containsExactly("source:40122", "state:delivered");
  }

  @Test
  void followsPausesAndFollowsAgain(FxRobot robot) throws Exception {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.shown().viewProperty().set(View.RECORDS));
    RowWindow<RecordRow> records = sample.model.tables().records().window();
    await(() -> shows(98_213));
    assertThat(text(robot, "#following")).isEqualTo("Following");

    robot.interact(() -> robot.lookup("#records-table").<Node>query().requestFocus());
    robot.push(KeyCode.PAGE_UP);
    sample.records.add(3_210);
    sample.model.changes().mark();
    await(() -> records.unseenProperty().get() == 3_210);

    assertThat(text(robot, "#records-paused")).isEqualTo("Paused: 3,210 new · End follows");
    assertThat(text(robot, "#following")).isEqualTo("Paused: 3,210 new");
    assertThat(shows(98_214)).isFalse();

    robot.push(KeyCode.END);

    await(() -> shows(98_213 + 3_210));
    assertThat(text(robot, "#following")).isEqualTo("Following");
    assertThat(robot.lookup("#records-paused").<Node>query().isVisible()).isFalse();
  }

  @Test
  void selectsByKeyAndGoesToTheDetail(FxRobot robot) throws Exception {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.shown().viewProperty().set(View.RECORDS));
    await(() -> shows(98_213));
    robot.interact(() -> sample.model.detail().detailProperty().set(SampleWindow.detail()));
    robot.interact(() -> robot.lookup("#records-table").<Node>query().requestFocus());

    robot.push(KeyCode.UP);

    assertThat(sample.model.tables().records().window().selectedProperty().get()).isEqualTo(98_213);

    robot.push(KeyCode.ENTER);

    assertThat(robot.lookup("#detail-tree").<Node>query().isFocused()).isTrue();
  }

  @Test
  void highlightsTheBytesOfTheSelectedField(FxRobot robot) throws Exception {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.detail().detailProperty().set(SampleWindow.detail()));

    clickOn("host", robot);

    assertThat(sample.model.detail().highlightedProperty().get().name()).isEqualTo("host");
    assertThat(robot.lookup(".hex-lit").queryAllAs(javafx.scene.text.Text.class))
        .extracting(javafx.scene.text.Text::getText)
        .contains("08 68 6f ", ".ho", "73 74 04 61 31 ", "st.a1");
  }

  @Test
  void drawsTheSeriesThatAreSelectedAndReadsThemAtTheCrosshair(FxRobot robot) throws Exception {
    robot.interact(sample::fill);
    await(() -> sample.model.tables().metrics().window().lines().size() > 5);
    assertThat(robot.lookup("#chart-hint").tryQuery()).isPresent();
    assertThat(robot.lookup("#chart").tryQuery()).isEmpty();

    robot.clickOn(row(robot, 0));
    robot.interact(() -> Mouse.controlPress(row(robot, 2)));

    assertThat(robot.lookup("#chart-hint").tryQuery()).isEmpty();
    await(() -> robot.lookup(".chart-legend-entry").queryAll().size() == 2);
    assertThat(robot.lookup(".chart-legend-entry").queryAllAs(Label.class))
        .extracting(Label::getText)
        .containsExactly("cpu.user  container=web.0 host=a1", "mem.rss  container=web.0 host=a1");
    assertThat(robot.lookup("#chart-note").queryAs(Label.class).getText())
        .isEqualTo("last 210 of up to 3,600 points");

    robot.interact(() -> sample.model.chart().point(0));

    await(() -> robot.lookup("#crosshair").<Node>query().isVisible());
    assertThat(robot.lookup("#crosshair-time").queryAs(Label.class).getText())
        .isEqualTo(Texts.time(1_700_000_000_000L));
    assertThat(robot.lookup(".crosshair-value").queryAllAs(Label.class))
        .extracting(Label::getText)
        .containsExactly(Texts.exact(0.42 * 2), Texts.exact(42 * (2 + Math.sin(18 / 14.0))));
    assertThat(robot.lookup(".crosshair-ring").queryAll()).hasSize(2);
  }

  @Test
  void zoomsAndMovesTheChartByKey(FxRobot robot) throws Exception {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.tables().metrics().window().select(1));
    await(() -> robot.lookup("#chart").tryQuery().isPresent());
    ChartModel chart = sample.model.chart();
    double all = chart.rangeProperty().get().span();
    robot.interact(() -> robot.lookup("#chart").<Node>query().requestFocus());

    robot.push(KeyCode.PLUS);
    assertThat(chart.rangeProperty().get().span()).isEqualTo(all / 1.25);
    assertThat(robot.lookup("#chart-all").<Node>query().isVisible()).isTrue();

    robot.push(KeyCode.LEFT);
    assertThat(chart.followingProperty().get()).isFalse();

    robot.push(KeyCode.DIGIT0);
    assertThat(chart.rangeProperty().get().span()).isEqualTo(all);
    assertThat(robot.lookup("#chart-all").<Node>query().isVisible()).isFalse();
  }

  @Test
  void zoomsAndMovesTheChartByMouse(FxRobot robot) throws Exception {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.tables().metrics().window().select(1));
    await(() -> robot.lookup("#chart").tryQuery().isPresent());
    ChartModel chart = sample.model.chart();
    ChartRange all = chart.rangeProperty().get();
    Node view = robot.lookup("#chart").query();
    await(() -> robot.lookup("#chart-canvas").<Node>query().getLayoutBounds().getWidth() > 100);

    robot.interact(() -> Mouse.scroll(view, 1));
    ChartRange zoomed = chart.rangeProperty().get();
    assertThat(zoomed.span()).isEqualTo(all.span() / 1.25);
    assertThat(zoomed.fromMillis()).isGreaterThan(all.fromMillis());
    assertThat(zoomed.toMillis()).isLessThan(all.toMillis());

    robot.interact(() -> Mouse.drag(view, 40));
    assertThat(chart.rangeProperty().get().fromMillis()).isLessThan(zoomed.fromMillis());
    assertThat(chart.crosshairProperty().get()).isNotNull();

    robot.interact(() -> Mouse.doubleClick(view));
    assertThat(chart.rangeProperty().get()).isEqualTo(all);
  }

  @Test
  void selectsSeveralSeriesByKey(FxRobot robot) throws Exception {
    robot.interact(sample::fill);
    await(() -> sample.model.tables().metrics().window().lines().size() > 5);
    robot.interact(() -> robot.lookup("#metrics-table").<Node>query().requestFocus());

    robot.push(KeyCode.DOWN);
    robot.push(KeyCode.SHIFT, KeyCode.DOWN);
    robot.push(KeyCode.CONTROL, KeyCode.DOWN);
    robot.push(KeyCode.CONTROL, KeyCode.DOWN);
    robot.push(KeyCode.CONTROL, KeyCode.SPACE);

    assertThat(sample.model.chart().linesProperty().get())
        .extracting(ChartLine::id)
        .containsExactly(0L, 1L, 3L);
    await(() -> robot.lookup(".table-row-cell:picked").queryAll().size() == 3);
  }

  @Test
  void showsANoticeUntilItIsClosed(FxRobot robot) throws Exception {
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

    clickOn("Try again", robot);
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

  private static Node row(FxRobot robot, int line) {
    return robot.lookup("#metrics-table .table-row-cell").queryAllAs(TableRow.class).stream()
        .filter(row -> row.getIndex() == line)
        .findFirst()
        .orElseThrow();
  }

  private Remembered remembered() {
    return Remembered.load(config.resolve("window.properties"));
  }

  private boolean shows(long position) {
    return sample.model.tables().records().window().lines().stream()
        .anyMatch(line -> line.row() != null && line.row().position() == position);
  }

  /** Clicks on a text once it has a place. */
  private static void clickOn(String text, FxRobot robot) throws TimeoutException {
    await(
        () ->
            robot
                .lookup(text)
                .tryQuery()
                .filter(node -> node.getLayoutBounds().getWidth() > 0)
                .isPresent());
    robot.clickOn(text);
  }

  private static String text(FxRobot robot, String query) {
    return robot.lookup(query).queryAs(Button.class).getText();
  }

  private static void await(BooleanSupplier condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(
        20,
        TimeUnit.SECONDS,
        () -> WaitForAsyncUtils.waitForAsyncFx(10_000, condition::getAsBoolean));
    WaitForAsyncUtils.waitForFxEvents();
  }
}
