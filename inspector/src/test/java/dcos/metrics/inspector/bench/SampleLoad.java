// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.bench;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.binary.EncodedBytes;
import dcos.metrics.codec.container.ContainerWriter;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.inspector.testing.Happened;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What comes in: records of 20 datapoints and 6 tags in blocks of 20, of 2,500 containers, and so
 * 50,000 series. Thread-safe.
 */
final class SampleLoad {
  static final int RECORDS = 20;
  static final int DATAPOINTS = 20;
  private static final int CONTAINERS = 2500;
  private static final int SYNC_BYTES = 16;
  // A datapoint's time is a varint of this length for centuries; its value follows.
  private static final int TIME_BYTES = 6;

  private final List<Template> blocks = new ArrayList<>();
  private final byte[] header;
  private final byte[] sync;

  /** A block's records as bytes, and where in them the datapoints' times are. */
  @SuppressWarnings("ArrayRecordComponent") // made once, for one to send
  private record Template(byte[] bytes, int[] times) {
    private Template(byte[] bytes) {
      this(bytes, timesIn(bytes));
    }

    private byte[] at(long millis) {
      byte[] made = bytes.clone();
      ByteBuffer values = ByteBuffer.wrap(made).order(ByteOrder.LITTLE_ENDIAN);
      byte[] time = varint(millis);
      for (int i = 0; i < times.length; i++) {
        System.arraycopy(time, 0, made, times[i], TIME_BYTES);
        values.putDouble(times[i] + TIME_BYTES, i % DATAPOINTS + (millis % 60_000) / 60_000.0);
      }
      return made;
    }
  }

  SampleLoad() {
    for (int first = 0; first < CONTAINERS; first += RECORDS) {
      List<MetricList> records = new ArrayList<>();
      for (int i = first; i < first + RECORDS; i++) {
        records.add(record(i));
      }
      RecordBlock block = MetricListCodec.encode(records);
      int end = block.offset() + block.length();
      blocks.add(new Template(Arrays.copyOfRange(block.bytes(), block.offset(), end)));
    }
    byte[] empty = new ContainerWriter().finish(); // header, 0 records, 0 bytes, sync marker
    header = Arrays.copyOf(empty, empty.length - 2 - SYNC_BYTES);
    sync = Arrays.copyOfRange(empty, empty.length - SYNC_BYTES, empty.length);
  }

  /** The records of the block with this number, measured at a time: an array of its own. */
  byte[] block(long number, long millis) {
    return blocks.get((int) (number % blocks.size())).at(millis);
  }

  byte[] header() {
    return header.clone();
  }

  /** That block as it stands in a container. */
  byte[] framed(long number, long millis) {
    byte[] records = block(number, millis);
    byte[] count = varint(RECORDS);
    byte[] size = varint(records.length);
    return ByteBuffer.allocate(count.length + size.length + records.length + SYNC_BYTES)
        .put(count)
        .put(size)
        .put(records)
        .put(sync)
        .array();
  }

  /** Writes a file of about this size. */
  void write(Path path, long bytes) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
      out.write(header);
      long written = 0;
      for (long i = 0; written < bytes; i++) {
        byte[] block = framed(i, Happened.START_MS + 4 * i); // As at 5,000 records a second.
        out.write(block);
        written += block.length;
      }
    }
  }

  private static MetricList record(int container) {
    List<Tag> tags = new ArrayList<>();
    tags.add(new Tag("container_id", "container-" + container));
    for (String key : List.of("framework_id", "executor_id", "host", "zone", "version")) {
      tags.add(new Tag(key, key + "-0123456789"));
    }
    List<Datapoint> datapoints = new ArrayList<>();
    for (int i = 0; i < DATAPOINTS; i++) {
      datapoints.add(new Datapoint("container.figure_" + i, Happened.START_MS, (double) i));
    }
    return new MetricList("web", tags, datapoints);
  }

  private static int[] timesIn(byte[] bytes) {
    byte[] time = varint(Happened.START_MS);
    int[] found = new int[RECORDS * DATAPOINTS];
    int n = 0;
    for (int i = 0; i + time.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + time.length, time, 0, time.length)) {
        found[n++] = i;
      }
    }
    if (n != found.length || time.length != TIME_BYTES) {
      throw new IllegalStateException(n + " times in a block of " + found.length);
    }
    return found;
  }

  private static byte[] varint(long value) {
    var sink = new EncodedBytes();
    sink.putLong(value);
    return sink.toByteArray();
  }
}
