// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.detail.DetailContent;
import dcos.metrics.inspector.testing.Shot;
import dcos.metrics.inspector.workspace.DetailSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The bytes in the window are those of what is looked at, from line to line. */
class HexViewTest extends ShownSample {
  private static final int LINES = 40;

  @Start
  @Override
  void show(Stage stage) {
    super.show(stage);
  }

  @Test
  void showsNoByteOfWhatWasLookedAtBefore(FxRobot robot) {
    robot.interact(sample::fill);
    look(robot, 'a', 1);
    await("the first", () -> letters(robot).equals(Set.of("aaaaaaaa")));

    look(robot, 'b', 2);
    await("the second", () -> letters(robot).equals(Set.of("bbbbbbbb")));

    robot.interact(
        () ->
            sample
                .model
                .detail()
                .highlight(sample.model.detail().detailProperty().get().root().children().get(20)));
    look(robot, 'c', 3);
    await("the third", () -> letters(robot).equals(Set.of("cccccccc")));
  }

  @Test
  void drawsEveryLineAnew(FxRobot robot) throws Exception {
    robot.interact(sample::fill);
    look(robot, 'a', 1);
    await("the first", () -> letters(robot).equals(Set.of("aaaaaaaa")));
    byte[] first = picture("a");

    look(robot, 'b', 2);
    byte[] second = picture("b");
    look(robot, 'a', 3);
    byte[] third = picture("a-again");

    assertThat(second).isNotEqualTo(first);
    assertThat(third).isEqualTo(first);
  }

  @Test
  void beginsAtTheTopOfWhatIsLookedAtNext(FxRobot robot) {
    robot.interact(sample::fill);
    look(robot, 'a', 1);
    robot.interact(
        () ->
            sample
                .model
                .detail()
                .highlight(sample.model.detail().detailProperty().get().root().children().get(38)));
    await("its end", () -> offsets(robot).contains("00000130  "));

    look(robot, 'b', 2);

    await("its top", () -> offsets(robot).contains("00000000  "));
    assertThat(offsets(robot)).doesNotContain("00000130  ");
  }

  /** As it is on the screen, or would be. */
  private byte[] picture(String name) throws IOException {
    WaitForAsyncUtils.waitForFxEvents(20);
    Path file = config.resolve("hex-" + name + ".png");
    Shot.of(stage.getScene(), file);
    return Files.readAllBytes(file);
  }

  private void look(FxRobot robot, char letter, long record) {
    byte[] bytes = new byte[LINES * 8];
    Arrays.fill(bytes, (byte) letter);
    List<DetailContent.DetailNode> lines =
        IntStream.range(0, LINES)
            .mapToObj(
                i -> new DetailContent.DetailNode("line " + i, "", 8 * i, 8 * i + 8, List.of()))
            .toList();
    var root = new DetailContent.DetailNode("record", "", 0, bytes.length, lines);
    robot.interact(
        () ->
            sample
                .model
                .detail()
                .detailProperty()
                .set(
                    new DetailContent(
                        new DetailSubject.OfRecord(record),
                        root,
                        new DetailContent.DetailBytes(bytes, 0, "", List.of(root)),
                        List.of())));
  }

  /** What stands in the plain column, whatever line it is on. */
  private static Set<String> letters(FxRobot robot) {
    return texts(robot, "[a-c]{8}");
  }

  private static Set<String> offsets(FxRobot robot) {
    return texts(robot, "[0-9a-f]{8}  ");
  }

  private static Set<String> texts(FxRobot robot, String pattern) {
    return robot.lookup("#bytes Text").queryAllAs(Text.class).stream()
        .filter(HexViewTest::isInSight)
        .map(Text::getText)
        .filter(text -> text.matches(pattern))
        .collect(Collectors.toSet());
  }

  private static boolean isInSight(Node node) {
    for (Node up = node; up != null; up = up.getParent()) {
      if (!up.isVisible()) {
        return false;
      }
    }
    return true;
  }
}
