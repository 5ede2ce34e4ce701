// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.records.RecordRow;
import dcos.metrics.inspector.sidebar.SidebarModel;
import dcos.metrics.inspector.statusbar.StatusBarModel;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.testing.MadeContainer;
import dcos.metrics.inspector.workspace.NoticesModel;
import dcos.metrics.inspector.workspace.View;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The window's model over real recordings, without a window: one thread stands for FX. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // by make
abstract class WindowlessApp {
  private static final int LINES = 10;
  static final Map<String, String> DRY =
      Map.of("KAFKA", "false", "AGENT_POLLING", "false", "LISTEN_ENDPOINT", "127.0.0.1:0");

  @TempDir Path temp;
  private final ExecutorService fx = Executors.newSingleThreadExecutor();
  AppController workbench;

  @AfterEach
  void close() throws Exception {
    if (workbench != null) {
      on(
          () -> {
            workbench.close();
            return null;
          });
    }
    fx.shutdown();
  }

  void make(Map<String, String> more) throws Exception {
    Map<String, String> environment = new TreeMap<>(DRY);
    environment.putAll(more);
    OptionValues values = OptionValues.of(Map.of(), environment);
    workbench =
        on(
            () -> {
              var made =
                  new AppController(
                      Preferences.load(temp.resolve("remembered.properties")), values, temp, fx);
              made.model().tables().records().window().fit(LINES);
              made.model().tables().metrics().window().fit(LINES);
              made.model().shown().viewProperty().set(View.RECORDS);
              return made;
            });
  }

  long count() throws Exception {
    return on(() -> workbench.model().tables().records().window().countProperty().get());
  }

  List<RecordRow> rows() {
    return workbench.model().tables().records().window().lines().stream()
        .map(RowWindow.RowLine::row)
        .filter(Objects::nonNull)
        .toList();
  }

  String command() throws Exception {
    return on(() -> workbench.model().start().commandProperty().get());
  }

  String status() throws Exception {
    return on(
        () ->
            workbench.model().status().terms().stream()
                .map(StatusBarModel.StatusTerm::text)
                .collect(Collectors.joining(" ")));
  }

  String sources() throws Exception {
    return on(
        () ->
            workbench.model().sidebar().sources().stream()
                .map(SidebarModel.SidebarEntry::name)
                .collect(Collectors.joining(" ")));
  }

  String notice() throws Exception {
    return on(
        () ->
            workbench.model().notices().all().stream()
                .map(notice -> notice.text())
                .collect(Collectors.joining("\n")));
  }

  void send(byte[] bytes) throws Exception {
    Endpoint to = Endpoint.parse(command().replaceAll("nc (\\S+) (\\S+) .*", "$1:$2"));
    try (var socket = new Socket(to.host(), to.port())) {
      socket.getOutputStream().write(bytes);
    }
  }

  <T> T on(Callable<T> task) throws Exception {
    return fx.submit(task).get();
  }

  static @Nullable Void run(Runnable task) {
    task.run();
    return null;
  }

  /** Refreshes as the window does, until it holds. */
  void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      on(
          () -> {
            workbench.model().refresh().run();
            return null;
          });
      if (condition.call()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "not within 30 s: %s; status %s, notices %s".formatted(what, status(), notice()));
      }
      Thread.onSpinWait();
    }
  }

  static byte[] container(int records) throws IOException {
    return MadeContainer.of(records, 1000);
  }

  /** Captures that many. */
  void capture(int records) throws Exception {
    on(() -> run(() -> workbench.capture(true)));
    await("that it listens", () -> title().startsWith("live "));
    send(container(records));
    await("its records", () -> count() == records);
  }

  String title() throws Exception {
    return on(() -> workbench.model().shown().titleProperty().get());
  }

  /** What can be answered. */
  List<String> labels() throws Exception {
    return on(
        () ->
            workbench.model().notices().all().stream()
                .flatMap(notice -> notice.actions().stream())
                .map(NoticesModel.NoticeAction::label)
                .toList());
  }

  void answer(String label) {
    workbench.model().notices().all().stream()
        .flatMap(notice -> notice.actions().stream())
        .filter(action -> action.label().equals(label))
        .findFirst()
        .orElseThrow()
        .run()
        .run();
  }
}
