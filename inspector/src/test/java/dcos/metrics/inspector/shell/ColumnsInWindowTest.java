// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.records.RecordRow;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** How wide columns are, and what becomes of what does not fit. */
class ColumnsInWindowTest extends ShownSample {
  private static final String SOURCE = "tcp 127.0.0.1:45428";
  private static final String TOPIC = "0c3f6d6a-51f4-4a2e-8d86-a4b0e7f1c7a2-0002";

  @Start
  @Override
  void show(Stage stage) {
    super.show(stage);
    stage.setWidth(1200);
  }

  @Test
  void showsFiguresTimesAndSourcesWholeAndGivesEmptyColumnsRoomAway(FxRobot robot) {
    robot.interact(() -> stage.setWidth(1700));
    records(robot, "");

    await("the bytes", () -> texts(robot, "bytes").contains("1.66 kB"));
    assertThat(texts(robot, "source")).containsOnly(SOURCE);
    assertThat(texts(robot, "time")).allMatch(time -> time.matches("..:..:..\\.\\d{3}"));
    await("the whole topic", () -> texts(robot, "topic").contains(TOPIC));
    assertThat(column(robot, "tags").getWidth()).isLessThan(column(robot, "topic").getWidth());
  }

  @Test
  void endsWhatDoesNotFitInAnEllipsisAndTellsAllOfItOnHovering(FxRobot robot) {
    records(robot, "container_id=" + "x".repeat(200));
    await("a cut text", () -> texts(robot, "tags").stream().allMatch(t -> t.endsWith("…")));
    TableCell<?, ?> cell = cells(robot, "tags").findFirst().orElseThrow();

    robot.interact(() -> cell.fireEvent(entered()));

    assertThat(cell.getTooltip().getText()).isEqualTo("container_id=" + "x".repeat(200));
    TableCell<?, ?> whole = cells(robot, "bytes").findFirst().orElseThrow();
    robot.interact(() -> whole.fireEvent(entered()));
    assertThat(whole.getTooltip()).isNull();
  }

  @Test
  void cutsNamesThatBeginAlikeInTheMiddle(FxRobot robot) {
    records(robot, "host=a1");
    await("the bytes", () -> texts(robot, "bytes").contains("1.66 kB"));

    robot.interact(() -> resize(robot, column(robot, "source"), -40));

    int end = SOURCE.length();
    await(
        "both ends",
        () ->
            texts(robot, "source").stream()
                .allMatch(
                    text ->
                        text.contains("…")
                            && text.startsWith(SOURCE.substring(0, 2))
                            && text.endsWith(SOURCE.substring(end - 4))));
  }

  @Test
  void growsAColumnByAsMuchAsItIsDraggedAndRemembersThat(FxRobot robot) {
    records(robot, "host=a1");
    await("the bytes", () -> texts(robot, "bytes").contains("1.66 kB"));
    TableColumn<?, ?> source = column(robot, "source");
    double before = source.getWidth();

    robot.interact(() -> resize(robot, source, 60));
    robot.interact(() -> stage.setWidth(1100)); // The others make room, or the table scrolls.

    assertThat(source.getWidth()).isEqualTo(before + 60);
    robot.interact(() -> stage.hide());
    assertThat(remembered().size("records.source.dragged", 0)).isEqualTo(before + 60);
    assertThat(remembered().size("records.topic.dragged", 0)).isZero();
  }

  @Test
  void neverCutsAFigureToAnother(FxRobot robot) {
    records(robot, "host=a1");
    await("the bytes", () -> texts(robot, "bytes").contains("1.66 kB"));

    robot.interact(() -> resize(robot, column(robot, "bytes"), -20));

    await("an ellipsis", () -> texts(robot, "bytes").stream().allMatch(t -> t.endsWith("…")));
    assertThat(texts(robot, "bytes")).allMatch(text -> "1.66 kB".startsWith(text.replace("…", "")));
  }

  private void records(FxRobot robot, String tags) {
    robot.interact(
        () -> {
          sample.showStream();
          for (int i = 0; i < 40; i++) {
            sample.stream.append(
                new RecordRow(
                    i,
                    1_700_000_000_000L,
                    SOURCE,
                    TOPIC,
                    tags,
                    20,
                    1_660,
                    "accepted",
                    StatusTone.GOOD));
          }
          sample.model.changes().mark();
        });
  }

  private static List<String> texts(FxRobot robot, String column) {
    return cells(robot, column)
        .flatMap(cell -> cell.lookupAll(".cell-text").stream())
        .map(node -> ((Text) node).getText())
        .filter(text -> !text.isEmpty())
        .toList();
  }

  private static Stream<TableCell<?, ?>> cells(FxRobot robot, String column) {
    return table(robot).lookupAll(".table-cell").stream()
        .filter(TableCell.class::isInstance)
        .<TableCell<?, ?>>map(TableCell.class::cast)
        .filter(cell -> cell.getTableColumn().getId().equals(column) && cell.getItem() != null);
  }

  private static Node table(FxRobot robot) {
    return robot.lookup("#records-table").query();
  }

  private static TableColumn<?, ?> column(FxRobot robot, String id) {
    return robot.lookup("#records-table").<Object>queryTableView().getColumns().stream()
        .filter(column -> column.getId().equals(id))
        .findAny()
        .orElseThrow();
  }

  /** As a drag of its border does. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void resize(FxRobot robot, TableColumn column, double by) {
    assertThat(robot.lookup("#records-table").queryAs(TableView.class).resizeColumn(column, by))
        .isTrue();
  }

  private static MouseEvent entered() {
    return new MouseEvent(
        MouseEvent.MOUSE_ENTERED,
        0,
        0,
        0,
        0,
        javafx.scene.input.MouseButton.NONE,
        0,
        false,
        false,
        false,
        false,
        false,
        false,
        false,
        true,
        false,
        false,
        null);
  }
}
