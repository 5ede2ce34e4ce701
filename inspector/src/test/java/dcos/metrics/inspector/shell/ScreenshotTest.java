// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.testing.SampleWindow;
import dcos.metrics.inspector.testing.Shot;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import dcos.metrics.inspector.workspace.NoticesModel.WindowNotice;
import dcos.metrics.inspector.workspace.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.application.ColorScheme;
import javafx.beans.property.SimpleObjectProperty;
import javafx.stage.Stage;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Pictures of every view in both looks, in target/screenshots, to be looked at. */
@ExtendWith(ApplicationExtension.class)
@SuppressWarnings("NullAway.Init") // by start
class ScreenshotTest {
  private static final Path FOLDER = Path.of("target", "screenshots");

  private static final WindowNotice QUESTION =
      new WindowNotice(
          "unsaved",
          StatusTone.WARNING,
          "1,000 records captured here would be lost",
          List.of(
              new NoticeAction("Save first", () -> {}),
              new NoticeAction("Discard and open input-20260301T120431.avro", () -> {})));

  @TempDir Path config;
  private final SampleWindow sample = new SampleWindow();
  private final SimpleObjectProperty<ColorScheme> desktop =
      new SimpleObjectProperty<>(ColorScheme.LIGHT);
  private Stage stage;

  @Start
  void start(Stage stage) {
    this.stage = stage;
    stage.setWidth(1280);
    stage.setHeight(800);
    new InspectorWindow(
            stage, sample.model, Preferences.load(config.resolve("window.properties")), desktop)
        .show();
  }

  @ParameterizedTest
  @EnumSource
  void takesAPictureOfEveryViewInEachTheme(ColorScheme scheme) throws IOException {
    onFx(
        () -> {
          desktop.set(scheme);
          sample.recent.add(Path.of("/var/lib/collector/input-20260301T120431.avro"));
        });
    picture(scheme, "start", _ -> {});
    picture(scheme, "keys", w -> w.model.shown().keysProperty().set(true));
    picture(
        scheme,
        "waiting",
        w -> {
          w.model.shown().keysProperty().set(false);
          w.open();
          w.model.notices().ask(QUESTION);
        });
    picture(
        scheme,
        "records",
        w -> {
          w.model.closeTopMost();
          w.fill();
          w.model.shown().viewProperty().set(View.RECORDS);
        });
    picture(
        scheme,
        "detail",
        w -> {
          var window = w.model.tables().records().window();
          window.select(window.firstProperty().get() + 3);
          w.records.add(3210);
          w.model.changes().mark();
          w.model.detail().detailProperty().set(SampleWindow.detail());
          w.model.detail().highlightByte(8);
        });
    picture(scheme, "metrics", w -> w.model.shown().viewProperty().set(View.METRICS));
    picture(
        scheme,
        "chart",
        w -> {
          var window = w.model.tables().metrics().window();
          window.select(0);
          window.toggle(9);
          window.toggle(18);
          window.toggle(1);
        });
    picture(
        scheme,
        "crosshair",
        w -> {
          w.model.chart().zoom(0.25, 0.4);
          w.model.chart().point(0.35);
        });
    picture(
        scheme,
        "deliveries",
        w -> {
          w.model.shown().viewProperty().set(View.DELIVERIES);
          w.model.filter().textProperty().set("topic:");
          w.model
              .notices()
              .show(
                  new WindowNotice(
                      "port",
                      StatusTone.BAD,
                      "Port 8124 is in use by another program",
                      List.of(
                          new NoticeAction("Try again", () -> {}),
                          new NoticeAction("Another port", () -> {}))));
          w.model.strip().brush(0.3, 0.45);
        });
    picture(
        scheme,
        "replay",
        w -> {
          w.model.notices().clear("port");
          w.model.filter().textProperty().set("");
          w.replay.offer(List.of(Path.of("/var/lib/collector/input-20260301T120431.avro")));
          w.replay.kafkaProperty().set(true);
          w.replay.confirmedProperty().set(true);
          w.replay.start();
          w.replay.progressed(0.42, "42%, 41,201 records, 18.3 MB");
        });
  }

  private void picture(ColorScheme scheme, String name, Consumer<SampleWindow> change)
      throws IOException {
    onFx(() -> change.accept(sample));
    Path file = FOLDER.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png");
    Shot.of(stage.getScene(), file);
    assertThat(file).isNotEmptyFile();
  }

  private static void onFx(Runnable change) {
    WaitForAsyncUtils.waitForAsyncFx(10_000, change);
    WaitForAsyncUtils.waitForFxEvents(20);
  }
}
