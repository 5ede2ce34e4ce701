// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import dcos.metrics.inspector.remembered.Remembered;
import dcos.metrics.inspector.testing.PacedWriter;
import dcos.metrics.inspector.testing.SampleWindow;
import dcos.metrics.inspector.window.InspectorWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import javafx.animation.AnimationTimer;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.stage.Stage;

/**
 * How long frames are apart, and how long each keeps the FX thread, while rows come in. Run by
 * {@code mvn -Dquick -Pframes -pl inspector -am process-test-classes}; rows a second and seconds
 * may follow as arguments.
 */
public final class FrameBenchmark {
  private static final int FRAMES_A_SECOND = 120;

  private final double[] intervals;
  private final double[] work;
  // FX thread only.
  private int frames;
  private long lastFrame;
  private long began;

  private FrameBenchmark(int seconds) {
    intervals = new double[seconds * FRAMES_A_SECOND];
    work = new double[seconds * FRAMES_A_SECOND];
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    long rate = args.length > 0 ? Long.parseLong(args[0]) : 50_000;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    new FrameBenchmark(seconds).run(rate, seconds);
    Platform.exit();
  }

  private void run(long rate, int seconds) throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("frames");
    var sample = new SampleWindow();
    var shown = new CountDownLatch(1);
    Platform.startup(
        () -> {
          var stage = new Stage();
          // Before the window's own clock, so that its work is measured too.
          new AnimationTimer() {
            @Override
            public void handle(long now) {
              frame();
            }
          }.start();
          new InspectorWindow(
                  stage,
                  sample.model,
                  Remembered.load(folder.resolve("window.properties")),
                  new SimpleObjectProperty<>(ColorScheme.LIGHT))
              .show();
          sample.fill();
          sample.showStream();
          stage.getScene().addPostLayoutPulseListener(this::laidOut);
          shown.countDown();
        });
    shown.await();
    var written = new CountDownLatch(1);
    try (var writer =
        new PacedWriter(
            rate,
            rate * seconds,
            i -> {
              sample.stream.append(SampleWindow.record(i));
              sample.model.changes().mark();
              if (i == rate * seconds - 1) {
                written.countDown();
              }
            })) {
      writer.start();
      written.await();
    }
    var printed = new CountDownLatch(1);
    Platform.runLater(
        () -> {
          System.out.printf("%,d rows/s for %d s, %d frames%n", rate, seconds, frames);
          print("frame interval", intervals, 33, 50);
          print("FX thread a frame", work, 8, 8);
          printed.countDown();
        });
    printed.await();
    Files.deleteIfExists(folder.resolve("window.properties"));
    Files.delete(folder);
  }

  private void frame() {
    long now = System.nanoTime();
    if (lastFrame != 0 && frames < intervals.length) {
      intervals[frames] = (now - lastFrame) / 1e6;
      frames++;
    }
    lastFrame = now;
    began = now;
  }

  private void laidOut() {
    if (frames > 0 && began != 0) {
      work[frames - 1] = (System.nanoTime() - began) / 1e6;
    }
  }

  private void print(String name, double[] values, double goal95, double goal99) {
    // The first second is start-up.
    double[] sorted = Arrays.copyOfRange(values, Math.min(60, frames), frames);
    Arrays.sort(sorted);
    System.out.printf(
        "%-18s p50 %5.1f ms  p95 %5.1f ms (goal %.0f)  p99 %5.1f ms (goal %.0f)  max %5.1f ms%n",
        name, at(sorted, 0.5), at(sorted, 0.95), goal95, at(sorted, 0.99), goal99, at(sorted, 1));
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }
}
