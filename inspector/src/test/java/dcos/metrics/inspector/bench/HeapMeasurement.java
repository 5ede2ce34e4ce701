// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import static dcos.metrics.inspector.bench.Measurement.number;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.testkit.Await;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What the model's heap is over eight hours, with the limits that it ships with. All of their 144
 * million records would take too long: each of the 28,800 seconds brings a share of its 5,000, so
 * that the disk's ring goes round several times. A message holds 20 records, where the collector's
 * own holds some 600: so the messages are more than those of eight hours. Arguments: the package's
 * folder, which is not used; how many records a second.
 */
final class HeapMeasurement {
  private static final int SECONDS = 8 * 3600;
  private static final int RANGES = 4;
  private static final double GOAL_MB = 512;
  private static final String TOPIC = "metrics-web";

  private HeapMeasurement() {}

  public static void main(String[] args) throws Exception {
    int rate = args.length > 1 ? Integer.parseInt(args[1]) : 600;
    Path folder = Files.createTempDirectory("heap");
    double[] heap = new double[RANGES];
    double[] settled = new double[RANGES];
    try (var recording = new Recording(RecordingLimits.DEFAULT, folder)) {
      recording.start();
      recording.put(new Event.SourceOpened(stamp(Happened.START_MS), 1, "tcp 127.0.0.1:1"));
      recording.put(new Happened().header(1));
      var load = new SampleLoad();
      long blocks = (long) SECONDS * rate / SampleLoad.RECORDS;
      long begin = System.nanoTime();
      for (int range = 0; range < RANGES; range++) {
        for (long id = blocks * range / RANGES; id < blocks * (range + 1) / RANGES; id++) {
          put(recording, load, id, Happened.START_MS + id * SECONDS * 1000 / blocks);
        }
        heap[range] = heapMegabytes();
        Await.until("the model has read it", Duration.ofMinutes(5), recording::isSettled);
        settled[range] = heapMegabytes();
      }
      double took = (System.nanoTime() - begin) / 1e9;
      double most =
          DoubleStream.concat(DoubleStream.of(heap), DoubleStream.of(settled)).max().orElseThrow();
      // By half time everything that has a bound has come to it.
      double growth = settled[RANGES - 1] - settled[RANGES / 2 - 1];
      new Measurement(
              "heap, eight simulated hours ("
                  + number(blocks * (double) SampleLoad.RECORDS)
                  + " records, the shipped limits, ring full "
                  + number(recording.recordCount() / (double) kept(recording))
                  + " times over)",
              "≤ 512 MB, flat",
              "at 25, 50, 75, 100%: " + join(settled) + " MB; while it came " + join(heap) + " MB",
              most <= GOAL_MB && growth <= 0.05 * GOAL_MB)
          .print();
      System.out.printf(
          "%.0f s, %.0f datapoints/s%n",
          took, blocks * SampleLoad.RECORDS * (double) SampleLoad.DATAPOINTS / took);
      System.out.println(recording.storage());
    }
    Files.delete(folder);
    System.exit(0);
  }

  private static void put(Recording recording, SampleLoad load, long id, long millis)
      throws InterruptedException {
    int records = SampleLoad.RECORDS;
    byte[] bytes = load.block(id, millis);
    List<RecordRange> ranges = List.of(new RecordRange(id, 0, records));
    recording.put(new Event.BlockReceived(stamp(millis), id, 1, 100, records, bytes));
    recording.put(
        new Event.RecordsSorted(
            stamp(millis), id, List.of(new Event.Run(TOPIC, Optional.empty(), records))));
    recording.put(
        new Event.MessageMade(
            stamp(millis), id, TOPIC, records, bytes.length, FlushTrigger.COUNT, ranges));
    recording.put(
        new Event.MessageSettled(
            stamp(millis + 1), id, records, ranges, new Outcome.Delivered(new Receipt(0, id))));
  }

  private static long kept(Recording recording) {
    return recording.recordCount() - recording.firstRecord();
  }

  private static EventTime stamp(long millis) {
    return new EventTime(millis, millis * 1_000_000);
  }

  private static String join(double[] values) {
    return DoubleStream.of(values)
        .mapToObj(value -> number(Math.rint(value)))
        .collect(Collectors.joining(", "));
  }

  static double heapMegabytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
  }
}
