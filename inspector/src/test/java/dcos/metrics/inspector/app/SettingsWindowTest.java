// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.sidebar.SidebarModel;
import dcos.metrics.inspector.workspace.View;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.application.ColorScheme;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The settings of a live run, and what a key does to an instant of it: through the real window. */
class SettingsWindowTest extends AppInWindow {
  @Start
  void start(Stage stage) throws Exception {
    show(stage, 990, 790, Map.of("AGENT_POLLING", "false", "KAFKA_BROKERS", "localhost:1"));
  }

  @Test
  void capturesOnAnotherEndpointAndDry(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    assertThat(panel(robot)).isPresent();
    write(robot, "#setting-listen-endpoint", "127.0.0.1:0");
    robot.clickOn("Kafka");
    robot.clickOn("#setting-kafka");

    robot.clickOn("#settings-apply");

    await(
        "that it captures",
        () -> model.start().commandProperty().get().matches("nc 127.0.0.1 [1-9].*"));
    await("that it is dry", () -> kafka().equals("dry run"));
    assertThat(panel(robot)).isEmpty();
    assertThat(stage.getTitle()).startsWith("Metrics Inspector · live 127.0.0.1:");
  }

  @Test
  void reportsInTheCollectorsWordsWhatIsWrong(FxRobot robot) {
    robot.clickOn("#settings");
    write(robot, "#setting-listen-endpoint", "here");

    assertThat(robot.lookup("#settings-problem").queryAs(Label.class).getText())
        .isEqualTo(
            "--listen-endpoint=here: must be HOST:PORT with a port from 0 to 65535, an IPv6 address"
                + " in brackets");
    assertThat(robot.lookup("#settings-apply").queryAs(Button.class).isDisabled()).isTrue();

    robot.push(KeyCode.ESCAPE);

    assertThat(panel(robot)).isEmpty();
    assertThat(model.shown().recordingProperty().get()).isFalse();
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    TextField field = robot.lookup("#setting-listen-endpoint").queryAs(TextField.class);
    assertThat(field.getText()).isEmpty();
    assertThat(field.getPromptText()).isEqualTo("127.0.0.1:8124");
  }

  @Test
  void worksByKeysAlone(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    await("the keys", () -> robot.lookup("#setting-listen-endpoint").<Node>query().isFocused());
    robot.write("127.0.0.1:0");

    robot.push(KeyCode.ENTER);

    await(
        "that it captures",
        () -> model.start().commandProperty().get().matches("nc 127.0.0.1 [1-9].*"));
  }

  @Test
  void takesAnotherPortWhereItsOwnIsTaken(FxRobot robot) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      robot.push(KeyCode.CONTROL, KeyCode.COMMA);
      write(robot, "#setting-listen-endpoint", "127.0.0.1:" + taken.getLocalPort());
      robot.clickOn("#settings-apply");
      await("the notice", () -> robot.lookup("Another port").tryQuery().isPresent());

      robot.clickOn("Another port");

      await(
          "that it listens",
          () ->
              stage.getTitle().matches(".* 127.0.0.1:[1-9].*")
                  && !stage.getTitle().endsWith(":" + taken.getLocalPort()));
      assertThat(model.notices().all()).isEmpty();
    }
  }

  @Test
  void clearsTheViewAndMarksAnInstant(FxRobot robot) {
    capture(robot);
    await("records", () -> records() > 50);
    robot.push(KeyCode.CONTROL, KeyCode.M);
    await("the mark", () -> robot.lookup("#mark-1").tryQuery().isPresent());
    await("more", () -> model.tables().records().window().countProperty().get() > 100);
    robot.interact(() -> model.start().emit(false));

    robot.push(KeyCode.CONTROL, KeyCode.K);
    await("that it is hidden", () -> records() == 0);
    assertThat(robot.lookup("#strip-hidden").<Node>query().isVisible()).isTrue();
    robot.clickOn("Show all again");
    await("that it shows", () -> records() > 100);

    robot.clickOn("#mark-1");

    await("a record", () -> model.tables().records().window().selectedProperty().get() > 0);
    assertThat(model.shown().viewProperty().get()).isEqualTo(View.RECORDS);
  }

  @Test
  void followsByTheEndKeyWhateverHasTheKeys(FxRobot robot) {
    capture(robot);
    await("records", () -> records() > 50);
    robot.interact(() -> model.tables().records().window().scrollTo(0));
    robot.interact(() -> robot.lookup("#emitter-bar-rate").<Node>query().requestFocus());

    robot.push(KeyCode.END);

    assertThat(model.tables().records().window().followingProperty().get()).isTrue();
    assertThat(model.start().rateProperty().get()).isEqualTo(200);
  }

  @Test
  void asksBeforeRecordsAreLostAndIsAnsweredByKeys(FxRobot robot) {
    capture(robot);
    await("records", () -> records() > 50);

    robot.push(KeyCode.CONTROL, KeyCode.W);

    await("the keys", () -> focused() instanceof Button b && b.getText().equals("Save first"));
    robot.push(KeyCode.TAB);
    await("the next", () -> focused() instanceof Button b && b.getText().startsWith("Discard"));
    robot.push(KeyCode.SPACE);
    await("the start page", () -> !model.shown().recordingProperty().get());
  }

  private @Nullable Node focused() {
    return stage.getScene().getFocusOwner();
  }

  @ParameterizedTest
  @EnumSource
  void takesPicturesInEachTheme(ColorScheme scheme, FxRobot robot) throws Exception {
    robot.interact(() -> desktop.set(scheme));
    capture(robot);
    await("records", () -> records() > 50);
    robot.push(KeyCode.CONTROL, KeyCode.M);
    await("more", () -> records() > 150);
    robot.push(KeyCode.CONTROL, KeyCode.K);
    robot.push(KeyCode.CONTROL, KeyCode.M);
    await("some", () -> records() > 0);
    picture(scheme, "cleared");
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    write(robot, "#setting-agent-scheme", "ftp");
    picture(scheme, "settings");
    robot.clickOn("Kafka");
    picture(scheme, "settings-kafka");
  }

  private void capture(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.COMMA);
    write(robot, "#setting-listen-endpoint", "127.0.0.1:0");
    robot.clickOn("Kafka");
    robot.clickOn("#setting-kafka");
    robot.clickOn("#settings-apply");
    robot.interact(
        () -> {
          model.shown().viewProperty().set(View.RECORDS);
          model.start().rateProperty().set(200);
          model.start().emit(true);
        });
  }

  private long records() {
    return model.tables().records().window().countProperty().get();
  }

  private String kafka() {
    List<SidebarModel.SidebarEntry> entries = model.sidebar().kafka();
    return entries.isEmpty() ? "" : entries.getFirst().count();
  }

  private static Optional<Node> panel(FxRobot robot) {
    return robot.lookup("#settings-panel").tryQuery();
  }

  private static void write(FxRobot robot, String field, String text) {
    robot.interact(() -> robot.lookup(field).queryAs(TextField.class).requestFocus());
    robot.write(text);
  }
}
