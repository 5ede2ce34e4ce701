// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static dcos.metrics.inspector.testing.OnScreen.click;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.replay.ReplayModel;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

class ReplayPanelTest extends ShownSample {
  @Start
  @Override
  void show(Stage stage) {
    super.show(stage);
  }

  @Test
  void replaysFromItsPanel(FxRobot robot) {
    robot.interact(sample::fill);
    assertThat(robot.lookup("#replay-panel").tryQuery()).isEmpty();
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
            new ReplayModel.ReplayRequest(
                List.of(Path.of("/tmp/input-1.avro")),
                "max",
                ReplayModel.ReplayTarget.HOST,
                "10.0.0.1:8124",
                false));
    click("#replay-stop", robot);
    assertThat(sample.replays.stops()).isEqualTo(1);
    robot.interact(() -> sample.replay.failed("cannot connect to 10.0.0.1:8124: refused"));
    assertThat(robot.lookup("#replay-error").queryLabeled().getText())
        .isEqualTo("cannot connect to 10.0.0.1:8124: refused");
    click("#replay-close", robot);
    assertThat(robot.lookup("#replay-panel").tryQuery()).isEmpty();
  }

  @Test
  void asksOnceMoreBeforeItReplaysToKafka(FxRobot robot) {
    robot.interact(sample::fill);
    robot.interact(() -> sample.replay.offer(List.of(Path.of("/tmp/input-1.avro"))));
    assertThat(robot.lookup("#replay-confirm").<Node>query().isVisible()).isFalse();

    click("#replay-kafka", robot);
    assertThat(robot.lookup("#replay-start").<Node>query().isDisabled()).isTrue();
    click("#replay-confirm", robot);
    click("#replay-start", robot);

    assertThat(sample.replays.asked())
        .extracting(ReplayModel.ReplayRequest::kafka)
        .containsExactly(true);
  }
}
