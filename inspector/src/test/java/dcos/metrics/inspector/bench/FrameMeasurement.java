// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import static dcos.metrics.inspector.bench.Measurement.number;
import static dcos.metrics.inspector.bench.Measurement.quantile;

import dcos.metrics.inspector.app.WholeWindow;
import dcos.metrics.inspector.bench.FrameClock.Frames;
import dcos.metrics.inspector.metrics.MetricRow;
import dcos.metrics.inspector.statusbar.StatusBarModel;
import dcos.metrics.inspector.table.RowWindow;
import dcos.metrics.inspector.workspace.View;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import javafx.application.Platform;

/**
 * How smooth each view is while 5,000 records a second come in over TCP, through the pipeline, the
 * model and the whole window. Arguments: the package's folder, which is not used; seconds a view.
 */
final class FrameMeasurement {
  private static final long RATE = 5000;
  private static final int CHARTED = 5;
  private static final Duration WARM = Duration.ofSeconds(15);
  private static final Duration SETTLED = Duration.ofSeconds(3);

  private FrameMeasurement() {}

  public static void main(String[] args) throws Exception {
    var time = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 15);
    Path folder = Files.createTempDirectory("frames");
    Platform.startup(() -> {});
    var clock = WholeWindow.onFx(FrameClock::new);
    WholeWindow.onFx(clock::start);
    try (var window = WholeWindow.show(Capture.DRY, folder);
        var sender = new LoadSender(new SampleLoad(), window.capture(), RATE)) {
      WholeWindow.onFx(() -> clock.watch(window.scene()));
      sender.start();
      Thread.sleep(WARM);
      WholeWindow.onFx(() -> chart(window));
      for (View view : View.values()) {
        WholeWindow.onFx(() -> window.model().shown().viewProperty().set(view));
        Thread.sleep(SETTLED);
        WholeWindow.onFx(clock::take);
        double rate = sender.measure(time);
        print(view, WholeWindow.onFx(clock::take), rate * SampleLoad.DATAPOINTS);
      }
      System.out.println(
          WholeWindow.onFx(
              () ->
                  window.model().status().terms().stream()
                      .map(StatusBarModel.StatusTerm::text)
                      .collect(Collectors.joining(" "))));
    }
    Platform.exit();
    Files.deleteIfExists(folder.resolve("window.properties"));
    Files.delete(folder);
    System.exit(0);
  }

  /** Draws some series. */
  private static void chart(WholeWindow window) {
    RowWindow<MetricRow> rows = window.model().tables().metrics().window();
    rows.select(0);
    rows.extendTo(CHARTED - 1L);
  }

  private static void print(View view, Frames frames, double rate) {
    String where =
        switch (view) {
          case METRICS -> "Metrics, " + CHARTED + " series charted";
          case RECORDS -> "Records, following";
          case DELIVERIES -> "Deliveries, following";
        };
    double p95 = quantile(frames.intervals(), 0.95);
    double p99 = quantile(frames.intervals(), 0.99);
    new Measurement(
            "frame interval, " + where + ", " + number(Math.rint(rate)) + " datapoints/s",
            "p95 ≤ 33 ms, p99 ≤ 50 ms",
            "p95 " + number(p95) + " ms, p99 " + number(p99) + " ms",
            p95 <= 33 && p99 <= 50)
        .print();
    double cpu = quantile(frames.cpu(), 0.99);
    new Measurement(
            "work on the FX thread a frame, " + where,
            "p99 ≤ 8 ms",
            String.format(
                "p99 %s ms of CPU (p50 %s; wall until laid out p99 %s, of %d frames)",
                number(cpu),
                number(quantile(frames.cpu(), 0.5)),
                number(quantile(frames.laidOut(), 0.99)),
                frames.cpu().length),
            cpu <= 8)
        .print();
  }
}
