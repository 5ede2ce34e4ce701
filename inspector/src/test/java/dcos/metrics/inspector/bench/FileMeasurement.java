// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import static dcos.metrics.inspector.bench.Measurement.atMost;
import static dcos.metrics.inspector.bench.Measurement.number;

import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import dcos.metrics.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * How soon a large file can be read, from when it is opened. Arguments: the package's folder, which
 * is not used; the file's megabytes.
 */
final class FileMeasurement {
  private static final int ROWS = 50;
  private static final int JUMPS = 41;

  private FileMeasurement() {}

  public static void main(String[] args) throws Exception {
    long megabytes = args.length > 1 ? Long.parseLong(args[1]) : 1024;
    Path folder = Files.createTempDirectory("file");
    Path path = folder.resolve("large.avro");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    new SampleLoad().write(path, megabytes << 20);
    long start = System.nanoTime();
    try (var recording = Recording.open(List.of(path), RecordingLimits.DEFAULT, temporary)) {
      recording.start();
      await(() -> !recording.records(0, ROWS).isEmpty());
      double rows = since(start);
      await(() -> recording.loading().done());
      double counts = since(start);
      await(recording::isSettled);
      double series = since(start);
      String size =
          "file of " + megabytes + " MB, " + number((double) recording.recordCount()) + " records";
      atMost(size + ": first rows", 0.5, "s", rows).print();
      atMost(size + ": exact counts", 2, "s", counts).print();
      atMost(size + ": all " + number(recording.storage().series()) + " series", 10, "s", series)
          .print();
      atMost(size + ": the slowest of " + JUMPS + " jumps", 50, "ms", slowestJump(recording))
          .print();
      System.out.println("heap, MB: " + HeapMeasurement.heapMegabytes());
    } finally {
      Files.delete(path);
      Files.delete(temporary);
      Files.delete(folder);
    }
    System.exit(0);
  }

  /** Over all of it, to and fro, a window's rows each. */
  private static double slowestJump(Recording recording) {
    double slowest = 0;
    for (int i = 0; i < JUMPS; i++) {
      long to = recording.recordCount() / JUMPS * (i * 17 % JUMPS);
      long start = System.nanoTime();
      if (recording.records(to, ROWS).isEmpty()) {
        throw new IllegalStateException("no record at " + to);
      }
      slowest = Math.max(slowest, since(start) * 1000);
    }
    return slowest;
  }

  private static void await(BooleanSupplier condition) {
    Await.until("the model has read it", Duration.ofMinutes(5), condition);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
