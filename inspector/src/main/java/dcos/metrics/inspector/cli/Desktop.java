// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.remembered.Remembered;
import dcos.metrics.inspector.window.InspectorWindow;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.stage.Stage;

/** Starts the desktop's toolkit, and shows the window in it. */
final class Desktop {
  /** Returns when the window has been closed. */
  void show(Opening opening, OptionValues values) {
    var closed = new CountDownLatch(1);
    Platform.startup(
        () -> {
          var remembered = Remembered.load(Remembered.usualFile(System.getenv()));
          var workbench = new Workbench(remembered, values);
          var stage = new Stage();
          var window =
              new InspectorWindow(
                  stage,
                  workbench.model(),
                  remembered,
                  Platform.getPreferences().colorSchemeProperty());
          stage.setOnHidden(_ -> closed.countDown());
          window.show();
          workbench.begin(opening);
        });
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
