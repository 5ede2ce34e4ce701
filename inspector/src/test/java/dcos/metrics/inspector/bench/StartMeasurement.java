// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import static dcos.metrics.inspector.bench.Measurement.median;
import static dcos.metrics.inspector.bench.Measurement.number;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * From the start of the packaged program to its word that the window shows. Arguments: the
 * package's folder; how often.
 */
final class StartMeasurement {
  private static final double GOAL_SECONDS = 1.5;

  private StartMeasurement() {}

  public static void main(String[] args) throws Exception {
    Path launcher = Path.of(args[0], "bin", "inspector");
    double[] seconds = new double[args.length > 1 ? Integer.parseInt(args[1]) : 7];
    Path folder = Files.createTempDirectory("start");
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = start(launcher, folder);
    }
    String all =
        Arrays.stream(seconds).mapToObj(Measurement::number).collect(Collectors.joining(", "));
    new Measurement(
            "start to usable window, packaged, median of " + seconds.length,
            "≤ 1.5 s",
            number(median(seconds)) + " s (" + all + ")",
            median(seconds) <= GOAL_SECONDS)
        .print();
  }

  private static double start(Path launcher, Path folder) throws Exception {
    var builder = new ProcessBuilder(launcher.toString()).redirectErrorStream(true);
    builder.environment().put("INSPECTOR_JVM_FLAGS", "-Dglass.platform=Headless -Dprism.order=sw");
    builder.environment().put("XDG_CONFIG_HOME", folder.toString());
    long begin = System.nanoTime();
    Process process = builder.start();
    try (BufferedReader said = process.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        if (line.contains("the window shows")) {
          return (System.nanoTime() - begin) / 1e9;
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    throw new IOException(launcher + " ended without a window");
  }
}
