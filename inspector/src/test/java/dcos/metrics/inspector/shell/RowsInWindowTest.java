// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static dcos.metrics.inspector.testing.OnScreen.click;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.detail.DetailContent;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.records.RecordRow;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.testing.SampleWindow;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The rows of a table: followed, selected, copied, and looked at in detail. */
class RowsInWindowTest extends ShownSample {
  @Start
  @Override
  void show(Stage stage) {
    super.show(stage);
  }

  @Test
  void followsPausesAndFollowsAgain(FxRobot robot) {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.shown().viewProperty().set(View.RECORDS));
    RowWindow<RecordRow> records = sample.model.tables().records().window();
    await("the last record", () -> shows(98_213));
    assertThat(text(robot, "#following")).isEqualTo("Following");

    robot.interact(() -> robot.lookup("#records-table").<Node>query().requestFocus());
    robot.push(KeyCode.PAGE_UP);
    sample.records.add(3_210);
    sample.model.changes().mark();
    await("the new records", () -> records.unseenProperty().get() == 3_210);

    assertThat(text(robot, "#records-paused")).isEqualTo("Paused: 3,210 new · End follows");
    assertThat(text(robot, "#following")).isEqualTo("Paused: 3,210 new");
    assertThat(shows(98_214)).isFalse();

    robot.push(KeyCode.END);

    await("the last record", () -> shows(98_213 + 3_210));
    assertThat(text(robot, "#following")).isEqualTo("Following");
    assertThat(robot.lookup("#records-paused").<Node>query().isVisible()).isFalse();
  }

  @Test
  void selectsByKeyAndGoesToTheDetail(FxRobot robot) {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.shown().viewProperty().set(View.RECORDS));
    await("the last record", () -> shows(98_213));
    robot.interact(() -> sample.model.detail().detailProperty().set(SampleWindow.detail()));
    robot.interact(() -> robot.lookup("#records-table").<Node>query().requestFocus());

    robot.push(KeyCode.UP);

    assertThat(sample.model.tables().records().window().selectedProperty().get()).isEqualTo(98_213);

    robot.push(KeyCode.ENTER);

    assertThat(robot.lookup("#detail-tree").<Node>query().isFocused()).isTrue();
  }

  @Test
  void looksAtTheRowThatHasTheKeysWhereNoneIsSelected(FxRobot robot) {
    robot.interact(sample::fill);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
    await("it has the keys", () -> robot.lookup("#deliveries-table").<Node>query().isFocused());
    RowWindow<?> deliveries = sample.model.tables().deliveries().window();
    assertThat(deliveries.selectedProperty().get()).isEqualTo(RowWindow.NONE);

    robot.push(KeyCode.ENTER);

    assertThat(deliveries.selectedProperty().get()).isEqualTo(deliveries.firstProperty().get());
  }

  @Test
  void keepsTheSelectedRowWhateverTheSizeOfTheWindow(FxRobot robot) {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.shown().viewProperty().set(View.RECORDS));
    await("the last record", () -> shows(98_213));
    RowWindow<RecordRow> records = sample.model.tables().records().window();
    robot.interact(() -> records.reveal(98_213));
    int lines = records.lines().size();

    robot.interact(() -> stage.setHeight(600));
    await("less room", () -> records.lines().size() < lines);

    assertThat(records.selectedProperty().get()).isEqualTo(98_213);
    await("its place", () -> shows(98_213));

    robot.interact(() -> stage.setHeight(760));
    await("the same room again", () -> records.lines().size() == lines);

    assertThat(records.selectedProperty().get()).isEqualTo(98_213);
    assertThat(
            robot.lookup("#records-table").queryTableView().getSelectionModel().getSelectedIndex())
        .isEqualTo((int) (98_213 - records.firstProperty().get()));
  }

  @Test
  void highlightsTheBytesOfTheSelectedField(FxRobot robot) {
    robot.interact(sample::fill);
    robot.interact(() -> sample.model.detail().detailProperty().set(SampleWindow.detail()));

    click("host", robot);

    assertThat(sample.model.detail().highlightedProperty().get().name()).isEqualTo("host");
    assertThat(robot.lookup(".hex-lit").queryAllAs(javafx.scene.text.Text.class))
        .extracting(javafx.scene.text.Text::getText)
        .contains("08 68 6f ", ".ho", "73 74 04 61 31 ", "st.a1");
  }

  @Test
  void beginsAtTheTopOfTheNextDetail(FxRobot robot) {
    robot.interact(sample::fill);
    List<DetailContent.DetailNode> many =
        IntStream.range(0, 60).mapToObj(i -> DetailContent.DetailNode.of("node " + i, "")).toList();
    robot.interact(() -> look(1, many));
    robot.interact(() -> robot.lookup("#detail-tree").<TreeView<?>>query().scrollTo(55));
    await("its end", () -> !isInSight(robot, "node 0"));

    robot.interact(() -> look(2, many));

    await("its top", () -> isInSight(robot, "node 0"));
  }

  private void look(long record, List<DetailContent.DetailNode> nodes) {
    sample
        .model
        .detail()
        .detailProperty()
        .set(
            new DetailContent(
                new DetailSubject.OfRecord(record),
                DetailContent.DetailNode.of("record", "#" + record, nodes).toned(StatusTone.GOOD),
                DetailContent.DetailBytes.none(""),
                List.of()));
  }

  private static boolean isInSight(FxRobot robot, String name) {
    return robot.lookup("#detail-tree .tree-cell").queryAllAs(TreeCell.class).stream()
        .anyMatch(
            cell ->
                cell.isVisible()
                    && cell.getItem() instanceof ObservableValue<?> place
                    && place.getValue() instanceof DetailContent.DetailNode node
                    && node.name().equals(name));
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

  private boolean shows(long position) {
    return sample.model.tables().records().window().lines().stream()
        .anyMatch(line -> line.row() != null && line.row().position() == position);
  }

  private static String text(FxRobot robot, String query) {
    return robot.lookup(query).queryAs(Button.class).getText();
  }

  private static String clipboard(FxRobot robot) {
    List<String> text = new ArrayList<>();
    robot.interact(() -> text.add(Clipboard.getSystemClipboard().getString()));
    return text.getFirst();
  }
}
