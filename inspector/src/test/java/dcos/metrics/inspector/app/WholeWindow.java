// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.shell.InspectorWindow;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.stage.Stage;

/**
 * The whole program within this process, but for its command line. The toolkit must have been
 * started.
 */
public final class WholeWindow implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String LISTENS = "live .*:[1-9][0-9]*";

  private final AppController workbench;
  private final Stage stage;

  private WholeWindow(AppController workbench, Stage stage) {
    this.workbench = workbench;
    this.stage = stage;
  }

  /**
   * Shows the start page.
   *
   * @param environment the collector's options
   * @param folder for what is remembered and what is captured
   */
  public static WholeWindow show(Map<String, String> environment, Path folder) throws Exception {
    OptionValues values = OptionValues.of(Map.of(), environment);
    return onFx(
        () -> {
          var remembered = Preferences.load(folder.resolve("window.properties"));
          var workbench = new AppController(remembered, values, folder, Platform::runLater);
          var stage = new Stage();
          new InspectorWindow(
                  stage,
                  workbench.model(),
                  remembered,
                  new SimpleObjectProperty<>(ColorScheme.LIGHT))
              .show();
          return new WholeWindow(workbench, stage);
        });
  }

  /** To be used on the FX thread. */
  public WindowModel model() {
    return workbench.model();
  }

  public Scene scene() {
    return stage.getScene();
  }

  /** Captures from now on, and says where it listens. */
  public Endpoint capture() throws Exception {
    onFx(() -> workbench.capture(true));
    Await.until("it listens", LIMIT, () -> title().matches(LISTENS));
    return Endpoint.parse(title().substring("live ".length()));
  }

  private String title() {
    try {
      return onFx(() -> model().shown().titleProperty().get());
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs that on the FX thread, and waits for it. */
  public static void onFx(Runnable what) throws InterruptedException, ExecutionException {
    boolean _ =
        onFx(
            () -> {
              what.run();
              return true;
            });
  }

  /** Asks that on the FX thread. */
  public static <T> T onFx(Callable<T> what) throws InterruptedException, ExecutionException {
    var task = new FutureTask<>(what);
    Platform.runLater(task);
    return task.get();
  }

  /** Ends the capture, and hides the window. */
  @Override
  public void close() {
    workbench.close();
    try {
      onFx(stage::hide);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the window does not close", e);
    }
  }
}
