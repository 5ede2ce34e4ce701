// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import static dcos.metrics.inspector.bench.Measurement.median;
import static dcos.metrics.inspector.bench.Measurement.number;

import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.inspector.app.WholeWindow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javafx.application.Platform;

/**
 * What the pipeline takes with the window attached, beside what it takes without: in turns in one
 * process, so that both are equally warm. Arguments: the package's folder, which is not used;
 * seconds a measurement; pairs.
 */
final class ThroughputMeasurement {
  private static final long RATE = 5000;
  private static final double GOAL = 97;
  private static final Duration WARM = Duration.ofSeconds(2);

  private final SampleLoad load = new SampleLoad();
  private final Path folder;
  private final Duration time;
  private final int pairs;

  private ThroughputMeasurement(Path folder, Duration time, int pairs) {
    this.folder = folder;
    this.time = time;
    this.pairs = pairs;
  }

  public static void main(String[] args) throws Exception {
    var time = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 3);
    int pairs = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    Path folder = Files.createTempDirectory("throughput");
    Platform.startup(() -> {});
    Platform.setImplicitExit(false);
    var figures = new ThroughputMeasurement(folder, time, pairs);
    double _ = figures.headless(LoadSender.ALL); // Compiles what it runs.
    figures.compare("at 100,000 datapoints/s", RATE);
    figures.compare("as fast as it goes", LoadSender.ALL);
    Files.deleteIfExists(folder.resolve("window.properties"));
    Files.delete(folder);
    System.exit(0);
  }

  private void compare(String what, long rate) throws Exception {
    double[] headless = new double[pairs];
    double[] attached = new double[pairs];
    for (int i = 0; i < pairs; i++) {
      headless[i] = headless(rate);
      attached[i] = attached(rate);
      System.out.printf("%s: headless %.0f, attached %.0f%n", what, headless[i], attached[i]);
    }
    double percent = 100 * median(attached) / median(headless);
    new Measurement(
            "throughput with the window attached, " + what + ", median of " + pairs + " pairs",
            "≥ 97% of headless",
            String.format(
                "%s%% (%s of %s records/s)",
                number(percent),
                number(Math.rint(median(attached))),
                number(Math.rint(median(headless)))),
            percent >= GOAL)
        .print();
  }

  private double headless(long rate) throws Exception {
    OptionValues values = OptionValues.of(Map.of(), Capture.DRY);
    var pipeline =
        new Pipeline(
            values.settings(),
            values.environmentLines(),
            "benchmark",
            _ -> {},
            System.err::println);
    pipeline.start();
    try (var sender = new LoadSender(load, pipeline.endpoint(), rate)) {
      return measure(sender);
    } finally {
      var _ = pipeline.stop(Duration.ofSeconds(5));
    }
  }

  private double attached(long rate) throws Exception {
    try (var window = WholeWindow.show(Capture.DRY, folder);
        var sender = new LoadSender(load, window.capture(), rate)) {
      return measure(sender);
    }
  }

  private double measure(LoadSender sender) throws InterruptedException {
    sender.start();
    Thread.sleep(WARM);
    return sender.measure(time);
  }
}
