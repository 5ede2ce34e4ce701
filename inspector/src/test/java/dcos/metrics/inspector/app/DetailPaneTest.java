// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.detail.DetailContent;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.shell.InspectorWindow;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.inspector.testing.MadeContainer;
import dcos.metrics.inspector.testing.Shot;
import dcos.metrics.inspector.workspace.View;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What somebody finds who clicks: in the real window, over a pipeline that runs dry. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // by start
class DetailPaneTest {
  private static final Path FOLDER = Path.of("target", "screenshots");

  @TempDir Path temp;
  private final SimpleObjectProperty<ColorScheme> desktop =
      new SimpleObjectProperty<>(ColorScheme.LIGHT);
  private Stage stage;
  private AppController workbench;

  @Start
  void start(Stage shown) throws Exception {
    stage = shown;
    stage.setWidth(1280);
    stage.setHeight(800);
    Preferences remembered = Preferences.load(temp.resolve("remembered.properties"));
    OptionValues values =
        OptionValues.of(
            Map.of(),
            Map.of(
                "KAFKA", "false",
                "AGENT_POLLING", "false",
                "INPUT_LIMIT_AMOUNT_KBYTES", "12",
                "KAFKA_PRODUCE_PERIOD_MS", "300",
                "LISTEN_ENDPOINT", "127.0.0.1:0"));
    workbench = new AppController(remembered, values, temp, Platform::runLater);
    new InspectorWindow(stage, workbench.model(), remembered, desktop).show();
    workbench.capture(true);
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  @Test
  void reportsOfABrokenStreamWhereWhatWasExpectedAndWhatWasFound(FxRobot robot) throws Exception {
    byte[] whole = container(300);
    byte[] broken = whole.clone();
    broken[broken.length - 3] ^= 1;
    send(broken);
    await(() -> robot.lookup(".sidebar-reason").tryQuery().isPresent());

    click(robot.lookup(".sidebar-reason").query(), robot);
    await(() -> lines().stream().anyMatch(line -> line.startsWith("end broken at byte ")));

    assertThat(lines())
        .contains("why corrupt sync marker", "before it 200 records in 2 whole blocks")
        .anyMatch(line -> line.startsWith("offset " + (whole.length - 16) + "  (0x"))
        .anyMatch(line -> line.startsWith("expected the stream's sync marker "))
        .anyMatch(line -> line.startsWith("found "))
        .contains("first that differs byte 14 of 16");
    assertThat(model().detail().bytesProperty().get().offset()).isEqualTo(whole.length - 16);
    assertThat(model().filter().textProperty().get()).startsWith("source=\"tcp 127.0.0.1:");
    pictures("stream");

    select(robot, "block 2");
    await(() -> model().detail().bytesProperty().get().offset() > 0);
    assertThat(lines()).anyMatch(line -> line.startsWith("counts 100 records, "));
    pictures("block");

    click("#detail-link", robot);
    await(() -> model().tables().records().window().countProperty().get() == 200);
    click(
        robot
            .lookup(".term")
            .match(
                (Button term) ->
                    term.getText().endsWith(" errors") || term.getText().endsWith(" error"))
            .query(),
        robot);
    await(() -> lines().stream().anyMatch(line -> line.contains(": corrupt sync marker: found ")));
    pictures("troubles");
  }

  @Test
  void leadsFromARecordOfADryRunToItsMessageAndBack(FxRobot robot) throws Exception {
    send(container(300));
    fx(() -> model().shown().viewProperty().set(View.DELIVERIES));
    await(() -> model().tables().deliveries().window().countProperty().get() > 0);
    fx(() -> model().shown().viewProperty().set(View.RECORDS));
    await(() -> model().tables().records().window().countProperty().get() == 300);

    fx(() -> model().tables().records().window().select(7));
    await(() -> lines().contains("where it went dry-run: would have gone to metrics-web"));
    assertThat(lines()).contains("message #1");
    pictures("record");

    click("#detail-link", robot);
    await(() -> lines().contains("state dry-run: it would have been sent"));
    assertThat(model().shown().viewProperty().get()).isEqualTo(View.DELIVERIES);
    assertThat(lines()).contains("record #8");
    pictures("delivery");

    select(robot, "record", "#8");
    robot.push(KeyCode.ENTER);
    await(() -> lines().contains("record #8") && lines().contains("verdict accepted"));
    assertThat(model().shown().viewProperty().get()).isEqualTo(View.RECORDS);
  }

  @Test
  void namesTheLimitThatARecordWasThrottledBy(FxRobot robot) throws Exception {
    send(container(900));
    await(
        () ->
            fx(
                () ->
                    model().status().terms().stream()
                        .anyMatch(term -> term.text().startsWith("throttled 512"))));
    WaitForAsyncUtils.waitForFxEvents(5);
    click(
        robot
            .lookup(".term")
            .match((Button term) -> term.getText().startsWith("throttled"))
            .query(),
        robot);
    await(() -> model().filter().textProperty().get().startsWith("outcome:throttled"));
    await(() -> model().tables().records().window().countProperty().get() > 0);
    fx(() -> model().tables().records().window().select(0));

    await(() -> lines().contains("limit input-limit-amount-kbytes 12 every 60 s"));
    pictures("throttled");
  }

  @Test
  void reportsOfTheAgentWhatItAnsweredLast(FxRobot robot) throws Exception {
    var happened = new Happened();
    Path file = temp.resolve("agent.avro");
    try (OutputStream out = Files.newOutputStream(file)) {
      var events = new EventWriter(out);
      long[] none = new long[LedgerTerm.values().length];
      events.write(
          new Event.Snapshot(
              happened.now(),
              "1",
              List.of("AGENT_POLL_PERIOD=15"),
              List.of(),
              Optional.empty(),
              Optional.empty(),
              new LedgerSnapshot(Counts.of(none, none), List.of(), List.of())));
      events.write(happened.opened(0, "agent"));
      String from = "http://10.0.0.7:5051";
      events.write(asked(happened, "/state", from, ""));
      events.write(asked(happened, "/containers", from, "answered 503"));
      events.write(asked(happened, "/metrics/snapshot", from, ""));
      events.write(
          new Event.AgentLearned(
              happened.now(),
              new AgentState("a-1", Map.of("f-1", "marathon"), Map.of("f-1/web.1", "web"))));
      events.flush();
    }
    fx(() -> workbench.open(List.of(file)));
    await(() -> robot.lookup(".sidebar-reason").tryQuery().isPresent());

    click(robot.lookup(".sidebar-reason").query(), robot);

    await(() -> lines().contains("last answers 1 of 3 requests failed"));
    assertThat(lines()).contains("/containers failed: answered 503", "state agent a-1");
    pictures("agent");
  }

  private static Event asked(Happened happened, String path, String from, String failure) {
    return new Event.AgentAsked(happened.now(), path, from + path, 12_000_000, failure);
  }

  private WindowModel model() {
    return workbench.model();
  }

  private void pictures(String name) throws IOException {
    for (ColorScheme scheme : ColorScheme.values()) {
      fx(() -> desktop.set(scheme));
      Path file =
          FOLDER.resolve("detail-" + name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png");
      Shot.of(stage.getScene(), file);
      assertThat(file).isNotEmptyFile();
    }
  }

  private void select(FxRobot robot, String... words) throws Exception {
    TreeView<ObjectProperty<DetailContent.DetailNode>> tree = tree(robot);
    fx(
        () -> {
          TreeItem<ObjectProperty<DetailContent.DetailNode>> item =
              find(Objects.requireNonNull(tree.getRoot()), words);
          for (TreeItem<ObjectProperty<DetailContent.DetailNode>> up = item;
              up != null;
              up = up.getParent()) {
            up.setExpanded(true);
          }
          tree.requestFocus();
          tree.getSelectionModel().select(item);
          tree.scrollTo(Math.max(0, tree.getRow(item) - 3));
        });
  }

  private static TreeItem<ObjectProperty<DetailContent.DetailNode>> find(
      TreeItem<ObjectProperty<DetailContent.DetailNode>> item, String... words) {
    TreeItem<ObjectProperty<DetailContent.DetailNode>> found = search(item, words);
    if (found == null) {
      throw new AssertionError("no " + String.join(" ", words) + " in " + lines(item));
    }
    return found;
  }

  private static @Nullable TreeItem<ObjectProperty<DetailContent.DetailNode>> search(
      TreeItem<ObjectProperty<DetailContent.DetailNode>> item, String... words) {
    DetailContent.DetailNode node = item.getValue().get();
    if (node.name().equals(words[0]) && (words.length == 1 || node.value().equals(words[1]))) {
      return item.getParent() == null ? null : item;
    }
    for (TreeItem<ObjectProperty<DetailContent.DetailNode>> child : item.getChildren()) {
      TreeItem<ObjectProperty<DetailContent.DetailNode>> found = search(child, words);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @SuppressWarnings("unchecked") // it has one type of items
  private static TreeView<ObjectProperty<DetailContent.DetailNode>> tree(FxRobot robot) {
    return robot.lookup("#detail-tree").queryAs(TreeView.class);
  }

  /** A line a node, as the tree has them, open or not. */
  private List<String> lines() throws Exception {
    TreeView<ObjectProperty<DetailContent.DetailNode>> tree = tree(new FxRobot());
    return fx(() -> tree.getRoot() == null ? List.<String>of() : lines(tree.getRoot()));
  }

  private static List<String> lines(TreeItem<ObjectProperty<DetailContent.DetailNode>> item) {
    List<String> lines = new ArrayList<>();
    DetailContent.DetailNode node = item.getValue().get();
    lines.add(node.name() + " " + node.value());
    item.getChildren().forEach(child -> lines.addAll(lines(child)));
    return lines;
  }

  private void click(String query, FxRobot robot) throws Exception {
    await(() -> robot.lookup(query).tryQuery().filter(Node::isVisible).isPresent());
    click(robot.lookup(query).query(), robot);
  }

  /** Not through the mouse: what is live moves along as it counts. */
  private static void click(Node node, FxRobot robot) {
    Node at = node;
    while (!(at instanceof ButtonBase) && at.getParent() != null) {
      at = at.getParent();
    }
    ButtonBase button = (ButtonBase) at;
    robot.interact(button::fire);
    WaitForAsyncUtils.waitForFxEvents(5);
  }

  private void send(byte[] bytes) throws Exception {
    await(() -> command().matches("nc 127.0.0.1 [1-9].*"));
    Endpoint to = Endpoint.parse(command().replaceAll("nc (\\S+) (\\S+) .*", "$1:$2"));
    try (var socket = new Socket(to.host(), to.port())) {
      socket.getOutputStream().write(bytes);
    }
  }

  private String command() throws Exception {
    return fx(() -> model().start().commandProperty().get());
  }

  private static void fx(Runnable task) {
    WaitForAsyncUtils.waitForAsyncFx(10_000, task);
    WaitForAsyncUtils.waitForFxEvents(10);
  }

  private static <T> T fx(Callable<T> task) throws Exception {
    return WaitForAsyncUtils.waitForAsyncFx(10_000, task);
  }

  private void await(Callable<Boolean> condition) throws Exception {
    try {
      WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, condition);
    } catch (TimeoutException e) {
      throw new AssertionError("not within 30 s; the detail says " + lines(), e);
    }
  }

  private static byte[] container(int records) throws IOException {
    return MadeContainer.of(records, 1_700_000_000_000L);
  }
}
