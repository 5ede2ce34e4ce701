// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.collector.recording.EventWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What recording costs: CPU seconds of the recorder's thread, the writing to a file included, for a
 * GB of blocks as they came in, by zstandard's level. The goal is 1.2 at the level in use.
 *
 * <p>On 2 cores, shared with other work; Temurin 25, C1 only and serial collection as in the
 * package:
 *
 * <pre>
 * level  CPU s/GB  smaller
 *    -7      1.13     4.4x
 *    -3      1.13     6.9x
 *    -1      0.99    11.6x   in use
 *     1      1.09    14.0x
 *     3      1.28    16.3x
 * </pre>
 */
final class RecordingCost {
  private static final double GOAL = 1.2;
  private static final long BYTES = 1_000_000_000;
  private static final int BLOCK_BYTES = 64_000;
  private static final int RECORDS = 10_000;
  private static final int USED_LEVEL = EventWriter.LEVEL;

  private RecordingCost() {}

  /** Takes levels; those around the one in use where there are none. */
  public static void main(String[] args) throws IOException {
    int[] levels = {-7, -5, -3, -1, 1, 3};
    if (args.length > 0 && !args[0].equals("all")) {
      levels = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    }
    List<Event> events = events();
    measure(events, USED_LEVEL, BYTES / 2); // warms up
    System.out.printf("%5s %12s %9s %9s%n", "level", "CPU s/GB", "smaller", "goal");
    for (int level : levels) {
      double[] measured = measure(events, level, BYTES);
      System.out.printf(
          "%5d %12.2f %8.1fx %9s%n",
          level, measured[0], measured[1], level == USED_LEVEL ? "<= " + GOAL : "");
    }
  }

  private static double[] measure(List<Event> events, int level, long bytes) throws IOException {
    Path file = Files.createTempFile("recording", ".avro");
    var threads = ManagementFactory.getThreadMXBean();
    try (var writer = new EventWriter(new FileOutputStream(file.toFile()), level)) {
      long recorded = 0;
      long before = threads.getCurrentThreadCpuTime();
      while (recorded < bytes) {
        for (Event event : events) {
          writer.write(event);
          if (event instanceof Event.BlockReceived block) {
            recorded += block.stored().length;
          }
        }
      }
      writer.flush();
      double seconds = (threads.getCurrentThreadCpuTime() - before) / 1e9;
      return new double[] {seconds * 1e9 / recorded, (double) recorded / writer.bytesWritten()};
    } finally {
      requireReadable(file);
      Files.delete(file);
    }
  }

  private static void requireReadable(Path file) throws IOException {
    try (EventReader reader = EventReader.open(file, false)) {
      if (!(reader.next() instanceof Event.BlockReceived)) {
        throw new IllegalStateException("what was recorded does not read");
      }
    }
  }

  /** A sender's blocks, and what is said of them on their way to Kafka. */
  private static List<Event> events() {
    SampleStream stream =
        SampleStream.of(SampleRecords.records("load", 1, RECORDS, 3, 20), "null", BLOCK_BYTES);
    List<Event> events = new ArrayList<>();
    long id = 0;
    for (SampleStream.Block block : stream.blocks()) {
      id++;
      var at = new EventTime(1_700_000_000_000L + id, id * 1_000_000);
      events.add(
          new Event.BlockReceived(at, id, 2, id * BLOCK_BYTES, block.records(), block.bytes()));
      events.add(
          new Event.RecordsSorted(
              at, id, List.of(new Event.Run("metrics-load", Optional.empty(), block.records()))));
      List<RecordRange> ranges = List.of(new RecordRange(id, 0, block.records()));
      events.add(
          new Event.MessageMade(
              at, id, "metrics-load", block.records(), BLOCK_BYTES, FlushTrigger.SIZE, ranges));
      events.add(
          new Event.MessageSettled(
              at, id, block.records(), List.of(), new Outcome.Delivered(new Receipt(0, id))));
    }
    return events;
  }
}
