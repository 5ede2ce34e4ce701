// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.records.RecordRow;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.testing.PacedWriter;
import dcos.metrics.inspector.testing.SampleWindow;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The table while more comes in than anybody can read. */
@ExtendWith(ApplicationExtension.class)
class LiveTableTest {
  private static final long RATE = 50_000;
  private static final long TOTAL = 4 * RATE;

  @TempDir Path config;
  private final SampleWindow sample = new SampleWindow();

  @Start
  void start(Stage stage) {
    stage.setWidth(980);
    stage.setHeight(760);
    new InspectorWindow(
            stage,
            sample.model,
            Preferences.load(config.resolve("window.properties")),
            new SimpleObjectProperty<>(ColorScheme.LIGHT))
        .show();
  }

  @Test
  void takesKeysWhileFiftyThousandRowsASecondComeInAndEndsOnTheLast(FxRobot robot)
      throws Exception {
    robot.interact(sample::showStream);
    robot.interact(() -> robot.lookup("#records-table").<Node>query().requestFocus());
    RowWindow<RecordRow> records = sample.model.tables().records().window();
    int presses = 0;
    try (var writer = new PacedWriter(RATE, TOTAL, this::write)) {
      writer.start();
      await(() -> records.countProperty().get() > 1000); // So that there is somewhere to scroll to.
      while (!writer.isDone()) {
        // Each press comes back when the FX thread has dealt with it.
        robot.push(KeyCode.PAGE_UP);
        assertThat(records.followingProperty().get()).isFalse();
        robot.push(KeyCode.END);
        assertThat(records.followingProperty().get()).isTrue();
        presses++;
      }
    }
    await(() -> records.countProperty().get() == TOTAL);

    assertThat(presses).isPositive();
    assertThat(records.lines().getLast().row())
        .extracting(RecordRow::position)
        .isEqualTo(TOTAL - 1);
    // A look reads a page, however many rows came: nothing is done for a row that nobody sees.
    assertThat(sample.stream.reads()).isLessThan(TOTAL / 100);
  }

  private void write(long position) {
    sample.stream.append(SampleWindow.record(position));
    sample.model.changes().mark();
  }

  private static void await(BooleanSupplier condition) throws TimeoutException {
    WaitForAsyncUtils.waitFor(
        20,
        TimeUnit.SECONDS,
        () -> WaitForAsyncUtils.waitForAsyncFx(10_000, condition::getAsBoolean));
  }
}
