// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model;

import com.sun.management.OperatingSystemMXBean;
import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.ContainerWriter;
import dcos.metrics.codec.MetricLists;
import dcos.metrics.codec.RecordBlock;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Part;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.message.Outcome;
import dcos.metrics.inspector.testing.Await;
import dcos.metrics.inspector.testing.Happened;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * What the model makes of load, beside what it must: to be started by hand. Corpus: records of 20
 * datapoints and 6 tags in blocks of 20, of 2,500 containers and so 50,000 series. Arguments: the
 * seconds of load, the megabytes of a file to open.
 */
final class ModelLoad {
  private static final int CONTAINERS = 2500;
  private static final int DATAPOINTS = 20;
  private static final int RECORDS = 20;

  private ModelLoad() {}

  /** Prints a line for each figure. */
  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    long megabytes = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1024;
    Path folder = Files.createTempDirectory("model-load");
    List<RecordBlock> blocks = blocks();
    live(folder, blocks, seconds);
    file(folder, blocks, megabytes << 20);
    Files.delete(folder);
  }

  private static void live(Path folder, List<RecordBlock> blocks, int seconds) throws Exception {
    var happened = new Happened();
    try (var recording = new Recording("load", Limits.DEFAULT, folder)) {
      recording.start();
      recording.put(happened.opened(1, "tcp 127.0.0.1:1"));
      recording.put(happened.header(1));
      long start = System.nanoTime();
      long startCpu = cpuNanos();
      long id = 0;
      while (System.nanoTime() - start < seconds * 1_000_000_000L) {
        RecordBlock block = blocks.get((int) (id % blocks.size()));
        id++;
        recording.put(new Event.BlockReceived(happened.now(), id, 1, 100, RECORDS, block.bytes()));
        recording.put(happened.sorted(id, Happened.accepted("web", RECORDS)));
        recording.put(happened.made(id, "web", new Part(id, 0, RECORDS)));
        recording.put(happened.settled(id, RECORDS, new Outcome.Delivered(0, id)));
      }
      await(recording::isSettled);
      double took = (System.nanoTime() - start) / 1e9;
      double cpu = (cpuNanos() - startCpu) / 1e9;
      long datapoints = recording.storage().datapoints();
      say("datapoints a second, as fast as it goes", datapoints / took, "at least 100,000");
      say("CPU seconds for a second of 100,000 a second", cpu / datapoints * 100_000, "little");
      say("hours of 5,000 records a second", id * RECORDS / 5000.0 / 3600, "8");
      say("heap after a collection, MB", heapBytes() / 1e6, "at most 512");
      say("bytes on disk, MB", recording.storage().diskBytes() / 1e6, "at most 2,147");
      say("index and messages, MB", recording.storage().memoryBytes() / 1e6, "at most 143");
      say("series", recording.storage().series(), "50,000");
      long asked = System.nanoTime();
      recording.records(recording.firstRecord(), 50);
      say("50 rows, ms", (System.nanoTime() - asked) / 1e6, "some");
    }
  }

  private static void file(Path folder, List<RecordBlock> blocks, long bytes) throws Exception {
    Path path = folder.resolve("large.avro");
    write(path, blocks, bytes);
    long start = System.nanoTime();
    try (var recording = Recording.open(List.of(path), Limits.DEFAULT, folder.resolve("tmp"))) {
      recording.start();
      await(() -> !recording.records(0, 50).isEmpty());
      say("file of " + (bytes >> 20) + " MB: first rows, s", since(start), "at most 0.5 of 1 GB");
      await(() -> recording.loading().done());
      say("exact counts, s", since(start), "at most 2 of 1 GB");
      await(recording::isSettled);
      say("all series, s", since(start), "at most 10 of 1 GB");
      long jump = System.nanoTime();
      recording.records(recording.recordCount() / 2, 50);
      say("jump, ms", (System.nanoTime() - jump) / 1e6, "at most 50");
      long filter = System.nanoTime();
      try (Findings rows =
          recording.find(Query.of(Filter.parse("tag.container_id=container-17")))) {
        await(() -> rows.progress() == 1);
        say("filter by a tag, s", since(filter), "in the background");
      }
      say("records", (double) recording.recordCount(), "");
      say("heap after a collection, MB", heapBytes() / 1e6, "at most 512");
    } finally {
      Files.delete(path);
      Files.deleteIfExists(folder.resolve("tmp"));
    }
  }

  private static void write(Path path, List<RecordBlock> blocks, long bytes) throws IOException {
    // Every message of the collector's is a container; blocks of one behind one another are, too.
    var writer = new ContainerWriter();
    byte[] head = writer.finish();
    int headLength = head.length - 2 - 16;
    byte[] sync = Arrays.copyOfRange(head, head.length - 16, head.length);
    long written = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
      out.write(head, 0, headLength);
      for (int i = 0; written < bytes; i++) {
        RecordBlock block = blocks.get(i % blocks.size());
        writer.append(block.bytes(), block.offset(), block.length(), block.records());
        byte[] one = writer.finish();
        out.write(one, headLength, one.length - headLength - 16);
        out.write(sync);
        written += one.length - headLength;
      }
    }
  }

  private static List<RecordBlock> blocks() {
    List<RecordBlock> blocks = new ArrayList<>();
    for (int first = 0; first < CONTAINERS; first += RECORDS) {
      List<MetricList> records = new ArrayList<>();
      for (int i = first; i < first + RECORDS; i++) {
        records.add(record(i));
      }
      blocks.add(MetricLists.encode(records));
    }
    return blocks;
  }

  private static MetricList record(int container) {
    List<Tag> tags = new ArrayList<>();
    tags.add(new Tag("container_id", "container-" + container));
    for (String key : List.of("framework_id", "executor_id", "host", "zone", "version")) {
      tags.add(new Tag(key, key + "-0123456789"));
    }
    List<Datapoint> datapoints = new ArrayList<>();
    for (int i = 0; i < DATAPOINTS; i++) {
      datapoints.add(
          new Datapoint("container.figure_" + i, Happened.START_MS, container + i / 7.0));
    }
    return new MetricList("web", tags, datapoints);
  }

  private static void await(BooleanSupplier condition) {
    Await.within(Duration.ofMinutes(5), "the model has read it", condition);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void say(String what, double figure, String goal) {
    System.out.printf(Locale.ROOT, "%-50s %,15.3f   goal: %s%n", what, figure, goal);
  }
}
