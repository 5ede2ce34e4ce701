// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.settingspanel.SettingsPanelModel;
import dcos.metrics.inspector.sidebar.SidebarModel;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import dcos.metrics.inspector.workspace.NoticesModel.WindowNotice;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Captures with other settings, over real pipelines, without a window: one thread stands for FX.
 */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // by make
class CaptureControllerTest {
  private static final Map<String, String> DRY =
      Map.of("KAFKA", "false", "AGENT_POLLING", "false", "LISTEN_ENDPOINT", "127.0.0.1:0");

  @TempDir private Path temp;
  private final ExecutorService fx = Executors.newSingleThreadExecutor();
  private AppController workbench;

  @AfterEach
  void close() throws Exception {
    run(workbench::close);
    fx.shutdown();
  }

  @Test
  void capturesWithTheSettingsThatWereApplied() throws Exception {
    make(Map.of("KAFKA", "true", "KAFKA_BROKERS", "localhost:1", "LISTEN_ENDPOINT", "nowhere:1"));
    run(workbench::settings);
    type("listen-endpoint", "127.0.0.1:0");
    run(() -> settings().field("kafka").orElseThrow().onProperty().set(false));

    run(settings()::apply);

    await("that it listens", () -> command().matches("nc 127.0.0.1 [1-9].*"));
    assertThat(on(() -> workbench.model().shown().capturingProperty().get())).isTrue();
    await("that it is dry", () -> kafka().equals("dry run"));
  }

  @Test
  void startsAnewOnThePortOfTheCaptureBeforeIt() throws Exception {
    make(Map.of());
    run(() -> workbench.capture(true));
    await("that it listens", () -> command().matches("nc 127.0.0.1 [1-9].*"));
    String port = command().replaceAll("nc \\S+ (\\S+) .*", "$1");
    run(workbench::settings);
    type("listen-endpoint", "127.0.0.1:" + port);
    run(settings()::apply);
    await("that it listens", () -> isCapturing() && listensOn(port));

    for (String amount : List.of("1000", "2000", "")) {
      run(workbench::settings);
      type("input-limit-amount-kbytes", amount);
      run(() -> workbench.model().strip().mark(1)); // The next recording has none.
      run(settings()::apply);

      await("another", () -> on(() -> workbench.model().strip().marks()).isEmpty());
      await("that it listens again", () -> isCapturing() && listensOn(port));
      assertThat(on(() -> workbench.model().notices().all())).isEmpty();
    }
  }

  @Test
  void keepsTheCaptureThatRunsWhenTheSettingsAreCancelled() throws Exception {
    make(Map.of());
    run(() -> workbench.capture(true));
    await("that it listens", () -> command().matches("nc 127.0.0.1 [1-9].*"));
    String command = command();
    run(workbench::settings);
    type("listen-endpoint", "127.0.0.1:1");

    run(settings()::cancel);

    assertThat(command()).isEqualTo(command);
    assertThat(isCapturing()).isTrue();
  }

  @Test
  void takesAnotherPortWhereItsOwnIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      make(Map.of("LISTEN_ENDPOINT", "127.0.0.1:" + taken.getLocalPort()));
      run(() -> workbench.capture(true));
      await("the reason", () -> actions().equals(List.of("Try again", "Another port")));
      assertThat(isCapturing()).isFalse();

      press("Another port");

      await("that it listens", () -> isCapturing() && !listensOn("" + taken.getLocalPort()));
      await("that it listens", () -> command().matches("nc 127.0.0.1 [1-9].*"));
      assertThat(on(() -> workbench.model().notices().all())).isEmpty();
      run(workbench::settings);
      assertThat(on(() -> settings().field("listen-endpoint").orElseThrow().textProperty().get()))
          .isEqualTo("127.0.0.1:0");
    }
  }

  @Test
  void triesAgainOnceThePortIsFree() throws Exception {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      make(Map.of("LISTEN_ENDPOINT", "127.0.0.1:" + port));
      run(() -> workbench.capture(true));
      await("the reason", () -> actions().contains("Try again"));
      assertThat(on(() -> workbench.model().notices().all().getFirst().text()))
          .startsWith("listen-endpoint 127.0.0.1:" + port + ": ");
    }

    press("Try again");

    await("that it captures", () -> isCapturing() && actions().isEmpty() && listens(port));
  }

  @Test
  void offersItsSettingsWhereItCannotStartForAnotherReason() throws Exception {
    make(Map.of("AGENT_POLLING", "true", "AGENT_IP_COMMAND", temp.resolve("none").toString()));
    run(() -> workbench.capture(true));
    await("the reason", () -> actions().equals(List.of("Try again", "Settings")));

    press("Settings");

    assertThat(on(() -> settings().shownProperty().get())).isTrue();
  }

  @Test
  void emitsIntoTheCaptureThatTakesThePlaceOfAnother() throws Exception {
    make(Map.of());
    run(() -> workbench.model().start().emit(true));
    await("records", () -> received() > 0);
    run(workbench::settings);
    type("kafka-produce-count", "7");

    run(settings()::apply);
    run(() -> workbench.model().strip().mark(1)); // The next recording has none.
    press("Discard and apply");

    await("another", () -> on(() -> workbench.model().strip().marks()).isEmpty());
    await("records", () -> received() > 0);
  }

  @Test
  void asksBeforeItAppliesWhatLosesRecords() throws Exception {
    make(Map.of());
    run(() -> workbench.model().start().emit(true));
    await("records", () -> received() > 0);
    run(() -> workbench.model().start().emit(false));
    String command = command();
    run(workbench::settings);
    type("kafka-produce-count", "7");

    run(settings()::apply);

    assertThat(actions()).containsExactly("Save first", "Discard and apply");
    assertThat(on(() -> workbench.model().notices().all().getFirst().text()))
        .matches("[0-9,]+ records? captured here would be lost");
    assertThat(on(() -> settings().shownProperty().get())).isTrue();
    assertThat(isCapturing()).isTrue();
    assertThat(received()).isPositive();
    run(settings()::cancel);
    assertThat(actions()).isEmpty();
    assertThat(command()).isEqualTo(command);
    run(workbench::settings);
    assertThat(on(() -> settings().field("kafka-produce-count").orElseThrow().textProperty().get()))
        .isEmpty();
    type("kafka-produce-count", "8");
    run(settings()::apply);

    press("Discard and apply");

    assertThat(on(() -> settings().shownProperty().get())).isFalse();
    await("an empty one", () -> isCapturing() && received() == 0);
    run(workbench::settings);
    assertThat(on(() -> settings().field("kafka-produce-count").orElseThrow().textProperty().get()))
        .isEqualTo("8");
  }

  @Test
  void continuesWhereNothingIsChangedByWhatIsApplied() throws Exception {
    make(Map.of());
    run(() -> workbench.model().start().emit(true));
    await("records", () -> received() > 0);
    run(() -> workbench.model().strip().mark(1)); // Another recording would take it away.
    String command = command();
    run(workbench::settings);

    run(settings()::apply);

    assertThat(on(() -> settings().shownProperty().get())).isFalse();
    assertThat(actions()).isEmpty();
    long before = received();
    await("more", () -> received() > before);
    assertThat(on(() -> workbench.model().strip().marks())).hasSize(1);
    assertThat(command()).isEqualTo(command);
  }

  @Test
  void keepsWhatWasCapturedWhereTheNextCaptureCannotListen() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      make(Map.of());
      run(() -> workbench.model().start().emit(true));
      await("records", () -> received() > 0);
      run(workbench::settings);
      type("listen-endpoint", "127.0.0.1:" + taken.getLocalPort());
      run(settings()::apply);

      press("Discard and apply");

      await("the reason", () -> actions().equals(List.of("Try again", "Another port")));
      assertThat(title()).startsWith("captured 127.0.0.1:");
      assertThat(received()).isPositive();
      assertThat(isCapturing()).isFalse();

      press("Another port"); // What is kept may still be lost.
      assertThat(actions()).contains("Save first", "Discard and capture");
      press("Discard and capture");

      await("another", () -> title().startsWith("live 127.0.0.1:") && actions().isEmpty());
      await("that the emitter goes on", () -> received() > 0);
    }
  }

  @Test
  void doesNotStartAgainForARateThatIsSetWhileItStarts() throws Exception {
    make(Map.of());
    run(() -> workbench.model().start().emit(true));
    await("records", () -> received() > 0);
    run(workbench::settings);
    type("kafka-produce-count", "7");

    run(
        () -> {
          workbench.model().strip().mark(1); // The next recording has none.
          settings().apply();
        });
    run(
        () -> {
          answer("Discard and apply");
          workbench.model().start().rateProperty().set(500);
        });
    await("the next", () -> on(() -> workbench.model().strip().marks()).isEmpty());
    run(() -> workbench.model().strip().mark(1)); // Another recording would take it away.

    await("records", () -> received() > 0);
    assertThat(on(() -> workbench.model().strip().marks())).hasSize(1);
  }

  private String kafka() {
    List<SidebarModel.SidebarEntry> entries = workbench.model().sidebar().kafka();
    return entries.isEmpty() ? "" : entries.getFirst().count();
  }

  private long received() throws Exception {
    return on(() -> workbench.model().tables().records().window().countProperty().get());
  }

  private SettingsPanelModel settings() {
    return workbench.model().settings();
  }

  private void type(String name, String text) throws Exception {
    run(() -> settings().field(name).orElseThrow().textProperty().set(text));
  }

  private boolean isCapturing() throws Exception {
    return on(() -> workbench.model().shown().capturingProperty().get());
  }

  private boolean listensOn(String port) throws Exception {
    return command().equals("nc 127.0.0.1 " + port + " < metrics.avro")
        && listens(Integer.parseInt(port));
  }

  private static boolean listens(int port) {
    try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (java.io.IOException _) {
      return false;
    }
  }

  private List<String> actions() throws Exception {
    return on(
        () ->
            workbench.model().notices().all().stream()
                .map(WindowNotice::actions)
                .flatMap(List::stream)
                .map(NoticeAction::label)
                .toList());
  }

  private void press(String label) throws Exception {
    run(() -> answer(label));
  }

  private void answer(String label) {
    workbench.model().notices().all().stream()
        .map(WindowNotice::actions)
        .flatMap(List::stream)
        .filter(action -> action.label().equals(label))
        .findFirst()
        .orElseThrow()
        .run()
        .run();
  }

  private String title() throws Exception {
    return on(() -> workbench.model().shown().titleProperty().get());
  }

  private String command() throws Exception {
    return on(() -> workbench.model().start().commandProperty().get());
  }

  private void make(Map<String, String> more) throws Exception {
    Map<String, String> environment = new TreeMap<>(DRY);
    environment.putAll(more);
    OptionValues values = OptionValues.of(Map.of(), environment);
    workbench =
        on(
            () -> {
              var made =
                  new AppController(
                      Preferences.load(temp.resolve("remembered.properties")), values, temp, fx);
              made.model().tables().records().window().fit(10);
              return made;
            });
  }

  private void run(Runnable task) throws Exception {
    fx.submit(task).get();
  }

  private <T> T on(Callable<T> task) throws Exception {
    return fx.submit(task).get();
  }

  /** Refreshes as the window does, until it holds. */
  private void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      run(() -> workbench.model().refresh().run());
      if (condition.call()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 30 s: " + what + "; " + command() + " " + actions());
      }
      Thread.onSpinWait();
    }
  }
}
