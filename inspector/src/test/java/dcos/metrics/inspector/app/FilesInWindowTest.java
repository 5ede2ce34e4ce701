// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static dcos.metrics.inspector.testing.OnScreen.click;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.records.RecordRow;
import dcos.metrics.inspector.statusbar.StatusBarModel;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.testing.Drop;
import dcos.metrics.inspector.testing.MadeByCollector;
import dcos.metrics.inspector.testing.MadeContainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Every kind of file, opened through the real window in each of the ways there are. */
class FilesInWindowTest extends AppInWindow {
  @Start
  void start(Stage stage) throws Exception {
    Path recent = Files.write(temp.resolve("recent.avro"), MadeContainer.of(300, 1000));
    Preferences remembered = Preferences.load(temp.resolve("window.properties"));
    remembered.setRecent(List.of(recent));
    remembered.save();
    show(stage, 1280, 800, Map.of("KAFKA", "false"));
  }

  @Test
  void opensAContainerThatTheAvroLibraryWroteFromTheRecentFiles(FxRobot robot) {
    click(temp.resolve("recent.avro").toString(), robot);

    awaitRecords(300);
    assertThat(stage.getTitle()).isEqualTo("Metrics Inspector · recent.avro");
    assertThat(notices(robot)).isEmpty();
    robot.interact(() -> records().reveal(299));
    assertThat(records().selectedRowProperty().get())
        .matches(row -> row != null && row.tags().equals("n=299"));
    assertThat(text(robot, "#following")).isEqualTo("Complete");
  }

  @Test
  void opensBothFilesOfARecordingThatAreDropped(FxRobot robot) throws Exception {
    List<Path> files =
        MadeByCollector.recordings(temp.resolve("recordings"), MadeContainer.of(300, 1000));
    assertThat(files).hasSize(2);

    robot.interact(() -> Drop.files(stage.getScene(), files));

    awaitRecords(300);
    String first = files.getFirst().getFileName().toString();
    assertThat(stage.getTitle()).isEqualTo("Metrics Inspector · " + first + " and 1 more");
    await("all dry", () -> equation().equals("received 300 = dry-run 300 + held 0"));
    assertThat(model.tables().deliveries().window().countProperty().get()).isEqualTo(1);
    assertThat(model.start().recent()).startsWith(files.toArray(Path[]::new));
    assertThat(notices(robot)).isEmpty();
  }

  @Test
  void putsACollectorsLogFromTheCommandLineInThePlaceOfWhatWasOpen(FxRobot robot) throws Exception {
    Path log = MadeByCollector.log(temp.resolve("collector.log"), MadeContainer.of(30, 1000));
    click(temp.resolve("recent.avro").toString(), robot);
    awaitRecords(300);
    robot.interact(() -> model.filter().filterBy("source:recent"));

    begin(new LaunchTarget.OpenFiles(List.of(log)), robot);

    awaitRecords(30);
    assertThat(stage.getTitle()).isEqualTo("Metrics Inspector · collector.log");
    assertThat(model.filter().textProperty().get()).isEmpty();
    robot.interact(() -> records().reveal(7));
    assertThat(records().selectedRowProperty().get())
        .matches(row -> row != null && row.tags().startsWith("n=7") && row.topic().equals("web"))
        .matches(row -> row != null && row.source().startsWith("tcp 127.0.0.1:"));
    assertThat(notices(robot)).isEmpty();
  }

  @Test
  void reportsHowMuchItHasReadOfAFileThatIsDamagedOrCut(FxRobot robot) throws Exception {
    byte[] container = MadeContainer.of(300, 1000);
    Path cut =
        Files.write(temp.resolve("cut.avro"), Arrays.copyOf(container, container.length - 9));
    container[container.length - 1] ^= 1; // the last block's marker
    Path damaged = Files.write(temp.resolve("damaged.avro"), container);

    for (Path file : List.of(damaged, cut)) {
      robot.interact(() -> Drop.files(stage.getScene(), List.of(file)));

      await("its title", () -> stage.getTitle().endsWith(" · " + file.getFileName()));
      awaitRecords(200);
      await("what is missing", () -> !notices(robot).isEmpty());
      assertThat(notices(robot)).containsExactly("1 block skipped; 200 records read");
    }
  }

  @Test
  void keepsWhatIsOpenWhereWhatIsDroppedIsNoFileOfRecords(FxRobot robot) throws Exception {
    click(temp.resolve("recent.avro").toString(), robot);
    awaitRecords(300);
    Path notes = Files.write(temp.resolve("notes.txt"), "nothing\n".getBytes(UTF_8));

    robot.interact(() -> Drop.files(stage.getScene(), List.of(notes)));

    await("why", () -> !notices(robot).isEmpty());
    assertThat(notices(robot))
        .containsExactly(
            notes + ": neither an Avro file nor a log with lines that begin with RECORD IN:");
    assertThat(stage.getTitle()).isEqualTo("Metrics Inspector · recent.avro");
    robot.interact(() -> records().reveal(0));
    assertThat(records().selectedRowProperty().get())
        .matches(row -> row != null && row.tags().equals("n=0"));
    assertThat(model.start().recent()).doesNotContain(notes);
  }

  private void awaitRecords(int count) {
    await(count + " records", () -> records().countProperty().get() == count);
  }

  private RowWindow<RecordRow> records() {
    return model.tables().records().window();
  }

  private String equation() {
    return model.status().terms().stream()
        .map(StatusBarModel.StatusTerm::text)
        .collect(Collectors.joining(" "));
  }

  /** What stands above the tables. */
  private static List<String> notices(FxRobot robot) {
    return robot.lookup("#notices .words").queryAllAs(Label.class).stream()
        .map(Label::getText)
        .toList();
  }

  private static String text(FxRobot robot, String query) {
    return robot.lookup(query).queryLabeled().getText();
  }
}
