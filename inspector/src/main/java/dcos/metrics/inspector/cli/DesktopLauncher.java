// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.cli.StopRequests;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.app.AppController;
import dcos.metrics.inspector.app.LaunchTarget;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.shell.InspectorWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the desktop's toolkit, and shows the window in it. */
final class DesktopLauncher {
  private static final Logger logger = LoggerFactory.getLogger(DesktopLauncher.class);

  /**
   * Returns when the window has been closed.
   *
   * @throws IOException if there is no display
   */
  void show(LaunchTarget opening, OptionValues values) throws IOException {
    var closed = new CountDownLatch(1);
    try {
      Platform.startup(() -> open(opening, values, closed::countDown));
    } catch (UnsupportedOperationException e) { // So the toolkit says that it found none.
      throw new IOException("no window can be opened: " + e.getMessage(), e);
    }
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void open(LaunchTarget opening, OptionValues values, Runnable onClosed) {
    var remembered = Preferences.load(Preferences.usualFile(System.getenv()));
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    var workbench = new AppController(remembered, values, temporary, Platform::runLater);
    var stage = new Stage();
    var window =
        new InspectorWindow(
            stage, workbench.model(), remembered, Platform.getPreferences().colorSchemeProperty());
    stage.setOnHidden(
        _ -> {
          workbench.close();
          onClosed.run();
        });
    stage.setOnCloseRequest(
        asked -> {
          if (!workbench.mayClose(stage::close)) {
            asked.consume();
          }
        });
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, fault) -> Platform.runLater(() -> workbench.failed(thread, fault)));
    window.show();
    closeOnSignal(stage);
    workbench.begin(opening);
    Platform.runLater(DesktopLauncher::logThatItShows);
  }

  /**
   * Without this the JVM would end under the running window: the toolkit's shutdown hook stops the
   * renderer while the FX thread still paints, and what a capture holds would be lost.
   */
  private static void closeOnSignal(Stage stage) {
    new StopRequests(
            () -> Platform.runLater(stage::close),
            () -> Runtime.getRuntime().halt(InspectorCommand.FAILED),
            System::nanoTime)
        .handleSignals();
  }

  private static void logThatItShows() {
    ProcessHandle.current()
        .info()
        .startInstant()
        .map(started -> Duration.between(started, Instant.now()).toMillis())
        .ifPresent(
            millis -> logger.atInfo().addKeyValue("after_ms", millis).log("the window shows"));
  }
}
