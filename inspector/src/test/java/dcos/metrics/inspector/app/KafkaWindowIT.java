// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static dcos.metrics.inspector.testing.OnScreen.await;
import static dcos.metrics.inspector.testing.OnScreen.click;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.inspector.deliveries.DeliveryRow;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.records.RecordRow;
import dcos.metrics.inspector.sidebar.SidebarModel;
import dcos.metrics.inspector.statusbar.StatusBarModel;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.testing.NumberedSender;
import dcos.metrics.inspector.testing.ReadBack;
import dcos.metrics.inspector.workspace.View;
import dcos.metrics.testkit.broker.LocalBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.collections.ListChangeListener;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A live capture through the real window, delivered to a real broker. */
@Timeout(120)
class KafkaWindowIT extends AppInWindow {
  private static final LocalBroker BROKER = LocalBroker.builder().build();

  // Where the ledger's equation, as it was shown, did not hold.
  private final List<String> unbalanced = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startBroker() {
    BROKER.start();
  }

  /** Where a test that stopped it has failed. */
  @BeforeEach
  void startBrokerAgain() {
    BROKER.start();
  }

  @AfterAll
  static void closeBroker() {
    BROKER.close();
  }

  @Start
  void start(Stage stage) throws Exception {
    show(
        stage,
        1280,
        800,
        Map.of(
            "KAFKA_BROKERS", BROKER.bootstrap(),
            "KAFKA_FLUSH_MS", "20",
            "KAFKA_PRODUCE_COUNT", "10",
            "KAFKA_PRODUCE_PERIOD_MS", "100",
            "AGENT_POLLING", "false",
            "INPUT_LIMIT_AMOUNT_KBYTES", "0",
            "LISTEN_ENDPOINT", "127.0.0.1:0"));
    model
        .status()
        .terms()
        .addListener((ListChangeListener<StatusBarModel.StatusTerm>) _ -> weigh());
  }

  @Test
  void showsWhatTheEmitterSendsAsMetricsRecordsAndDeliveries(FxRobot robot) {
    robot.clickOn("#emitter-toggle");

    await("series", () -> model.tables().metrics().window().countProperty().get() > 3);
    assertThat(ask(() -> model.tables().metrics().window().lines().getFirst().row()))
        .matches(row -> row != null && row.topic().equals("sample"));
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
    await("records", () -> records().countProperty().get() > 50);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
    await("an answer of Kafka's", () -> states().anyMatch(KafkaWindowIT::isDelivered));
    assertThat(ask(() -> deliveries().lines().getFirst().row()))
        .matches(row -> row != null && row.topic().equals("metrics-sample"));
    await("that Kafka has answered", () -> kafka().count().equals("up"));
    assertThat(ask(this::sources)).startsWith("tcp 127.0.0.1:");
    endCapture(robot);

    await("all of it", () -> figure("received") == figure("delivered") && figure("held") == 0);

    assertThat(unbalanced).isEmpty();
    var there = ReadBack.of(BROKER.bootstrap(), "metrics-sample");
    assertThat(there.messages()).hasSize((int) deliveries().countProperty().get());
  }

  @Test
  void leadsFromARecordToTheMessageThatAConsumerFindsThere(FxRobot robot) throws Exception {
    try (var sender = new NumberedSender(capture(robot), "traced")) {
      sender.send(95);
      robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
      await("the records", () -> records().countProperty().get() == 95);
      await("that all are delivered", () -> figure("delivered") == 95);
      robot.push(KeyCode.CONTROL, KeyCode.L).write("tag.n=77").push(KeyCode.ENTER);
      await("the one", () -> records().countProperty().get() == 1);
      robot.interact(() -> robot.lookup("#records-table").<Node>query().requestFocus());
      robot.push(KeyCode.DOWN);
      await("where it went", () -> said().anyMatch(text -> text.startsWith("partition@offset ")));
      String place =
          ask(() -> said().filter(text -> text.startsWith("partition@offset ")).findFirst())
              .orElseThrow();

      click("Show delivery  →", robot);

      assertThat(model.shown().viewProperty().get()).isEqualTo(View.DELIVERIES);
      DeliveryRow message = Objects.requireNonNull(deliveries().selectedRowProperty().get());
      String at = place.substring("partition@offset ".length());
      assertThat(message.state()).startsWith("delivered " + at + " in ");
      assertThat(message.topic()).isEqualTo("metrics-traced");
      List<Integer> numbers =
          ReadBack.of(BROKER.bootstrap(), "metrics-traced").records(at).stream()
              .map(ReadBack::number)
              .toList();
      assertThat(numbers).contains(77).hasSize(message.records());

      click("Show only its records  →", robot);

      await("its records", () -> records().countProperty().get() == numbers.size());
      assertThat(model.shown().viewProperty().get()).isEqualTo(View.RECORDS);
      assertThat(tags()).isEqualTo(numbers.stream().map(n -> "n=" + n).toList());
      opensAMessageAsAFile(robot, at, numbers);
    }
  }

  /** As one spooled it is: its bytes are the file's. */
  private void opensAMessageAsAFile(FxRobot robot, String at, List<Integer> numbers)
      throws Exception {
    byte[] bytes = ReadBack.of(BROKER.bootstrap(), "metrics-traced").messages().get(at);
    Path file = Files.write(temp.resolve("message.avro"), Objects.requireNonNull(bytes));

    begin(new LaunchTarget.OpenFiles(List.of(file)), robot);

    click("Discard and open message.avro", robot); // What was captured is in no file.
    await("its title", () -> stage.getTitle().equals("Metrics Inspector · message.avro"));
    await("its records", () -> tags().size() == numbers.size());
    assertThat(tags())
        .allMatch(text -> text.contains("agent_id="))
        .extracting(text -> text.substring(0, text.indexOf(' ')))
        .isEqualTo(numbers.stream().map(n -> "n=" + n).toList());
  }

  @Test
  void losesNothingWhileKafkaIsStoppedAndStarted(FxRobot robot) throws Exception {
    try (var sender = new NumberedSender(capture(robot), "outage")) {
      sender.start(2);
      robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
      await("something delivered", () -> states().anyMatch(KafkaWindowIT::isDelivered));
      await("that Kafka has answered", () -> kafka().count().equals("up"));

      BROKER.stop();
      await("that Kafka is not delivering", () -> kafka().count().equals("not delivering"));
      long before = ask(() -> figure("received"));
      await("more meanwhile", () -> figure("received") > before + 100);

      assertThat(ask(() -> kafka().tone())).isEqualTo(StatusTone.BAD);
      assertThat(ask(() -> kafka().hint())).contains("not delivering since ", "last error: ");
      await("a message on its way", () -> states().anyMatch("sending"::equals));
      click(term(robot, "held "), robot);
      assertThat(model.filter().textProperty().get()).isEqualTo("outcome:held");
      robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
      await("what is held", () -> verdicts().contains("held: in a message"));
      assertThat(ask(this::verdicts)).isSubsetOf("held: in a message", "held: in a batch");

      BROKER.start();
      await("that Kafka is up", () -> kafka().count().startsWith("up"));
      int sent = sender.stop();
      endCapture(robot);
      await(
          "the equation",
          () ->
              equation().startsWith("received %,d = delivered %,d + held 0".formatted(sent, sent)));
      await("that nothing is held", () -> records().countProperty().get() == 0);
      click(term(robot, "delivered "), robot);
      await("all of it", () -> records().countProperty().get() == sent);

      assertThat(unbalanced).isEmpty();
      // At least once: what was on its way when Kafka stopped may be there twice.
      assertThat(new TreeSet<>(ReadBack.of(BROKER.bootstrap(), "metrics-outage").numbers()))
          .isEqualTo(
              IntStream.range(0, sent).boxed().collect(Collectors.toCollection(TreeSet::new)));
      robot.interact(() -> model.refresh().run());
      // By its place: it is drawn anew whenever the mouse moves over the strip.
      robot.clickOn(ask(() -> onScreen(robot.lookup(".strip-mark").query())));
      await(
          "what went wrong",
          () -> said().anyMatch(text -> text.contains("Kafka acknowledges no messages: ")));
    }
  }

  @Test
  void pausesAndFollowsWhileRecordsKeepComing(FxRobot robot) throws Exception {
    try (var sender = new NumberedSender(capture(robot), "followed")) {
      sender.start(10);
      for (View view : List.of(View.RECORDS, View.DELIVERIES)) {
        robot.push(KeyCode.CONTROL, view == View.RECORDS ? KeyCode.DIGIT2 : KeyCode.DIGIT3);
        RowWindow<?> window = model.table().window();
        await("more than fit", () -> window.countProperty().get() > 3L * window.lines().size());
        assertThat(following(robot)).isEqualTo("Following");
        robot.interact(() -> table(robot).requestFocus());

        robot.push(KeyCode.PAGE_UP);
        long first = ask(() -> window.firstProperty().get());
        await("new ones", () -> window.unseenProperty().get() > 50);

        assertThat(following(robot)).matches("Paused: [\\d,]+ new");
        assertThat(ask(() -> window.firstProperty().get())).isEqualTo(first);

        robot.push(KeyCode.END);
        long then = ask(() -> window.countProperty().get());
        await("new ones", () -> window.countProperty().get() > then + 50);

        assertThat(following(robot)).isEqualTo("Following");
        assertThat(ask(() -> window.countProperty().get() - window.firstProperty().get()))
            .isEqualTo(window.lines().size());
      }
    }
  }

  private static Bounds onScreen(Node node) {
    return node.localToScreen(node.getBoundsInLocal());
  }

  private static <T> T ask(Callable<T> what) {
    return WaitForAsyncUtils.waitForAsyncFx(10_000, what);
  }

  private static boolean isDelivered(String state) {
    return state.startsWith("delivered ");
  }

  /** Begins a capture, and says where it listens. */
  private Endpoint capture(FxRobot robot) {
    robot.clickOn("#start-capture");
    await("that it listens", () -> stage.getTitle().matches(".* live 127.0.0.1:[1-9]\\d*"));
    return Endpoint.parse(stage.getTitle().replaceAll(".* live ", ""));
  }

  private void endCapture(FxRobot robot) {
    robot.push(KeyCode.CONTROL, KeyCode.E);
    await("the end of it", () -> !model.shown().capturingProperty().get());
  }

  private void weigh() {
    long settled =
        Stream.of("delivered", "dry-run", "throttled", "rejected", "undeliverable", "held")
            .mapToLong(this::figure)
            .sum();
    if (!model.status().terms().isEmpty() && figure("received") != settled) {
      unbalanced.add(equation());
    }
  }

  private String equation() {
    return model.status().terms().stream()
        .map(StatusBarModel.StatusTerm::text)
        .collect(Collectors.joining(" "));
  }

  /** A term of the equation; 0 where it is not there. */
  private long figure(String term) {
    return model.status().terms().stream()
        .map(StatusBarModel.StatusTerm::text)
        .filter(text -> text.startsWith(term + " "))
        .mapToLong(text -> Long.parseLong(text.substring(term.length() + 1).replace(",", "")))
        .sum();
  }

  private static Node term(FxRobot robot, String begin) {
    return robot
        .lookup("#ledger .term")
        .match((Button term) -> term.getText().startsWith(begin))
        .query();
  }

  private static String following(FxRobot robot) {
    return robot.lookup("#following").queryAs(Button.class).getText();
  }

  private Node table(FxRobot robot) {
    return robot.lookup("#" + model.table().id() + "-table").query();
  }

  private RowWindow<RecordRow> records() {
    return model.tables().records().window();
  }

  private RowWindow<DeliveryRow> deliveries() {
    return model.tables().deliveries().window();
  }

  private Stream<String> states() {
    return shown(deliveries()).map(DeliveryRow::state);
  }

  private List<String> verdicts() {
    return shown(records()).map(RecordRow::outcome).distinct().toList();
  }

  private List<String> tags() {
    return shown(records()).map(RecordRow::tags).toList();
  }

  private static <T> Stream<T> shown(RowWindow<T> window) {
    return window.lines().stream().map(RowWindow.RowLine::row).filter(Objects::nonNull);
  }

  private String sources() {
    return model.sidebar().sources().stream()
        .map(SidebarModel.SidebarEntry::name)
        .filter(name -> !name.equals("agent"))
        .collect(Collectors.joining(" "));
  }

  private SidebarModel.SidebarEntry kafka() {
    return model.sidebar().kafka().getFirst();
  }
}
