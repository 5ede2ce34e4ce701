// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.container.BlockHeader;
import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.container.ContainerWriter;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.codec.record.RecordEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading a container of 1,000 records off a stream, and making one message of them with a tag
 * more: bytes that stay bytes, beside the Avro library, which decodes and encodes.
 *
 * <p>On 2 cores, shared with other work, so with wide errors: read as ratios. Temurin 25, C1 only
 * and serial collection as in the package, microseconds for 1,000 records:
 *
 * <pre>
 *               gauges   wide-tags   many-topics
 * readOurs        1349         912          1009
 * readAvro        4475        5241          4825   3 to 6 times as long
 * messageOurs      496         405           505
 * messageAvro    11771       10927         10411   21 to 27 times as long
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "-XX:TieredStopAtLevel=1",
      "-XX:+UseSerialGC",
      "-Xmx512m",
      "-Dorg.apache.avro.SERIALIZABLE_PACKAGES=dcos.metrics,java.lang"
    })
public class CodecBenchmark {
  private static final int RECORDS = 1_000;
  private static final int BLOCK_BYTES = 64_000;
  private static final Tag ADDED = new Tag("agent_id", "5349f49b-68b3-4638-aab2-fc4ec845f993-S0");
  private static final byte[] ADDED_BLOCK =
      RecordEncoder.tagBlock(Map.of(ADDED.getKey(), ADDED.getValue()));

  /**
   * {@code gauges}: 3 tags and 20 datapoints a record, one topic; {@code wide-tags}: 20 tags and 5
   * datapoints; {@code many-topics}: as gauges, each record of a topic of its own.
   */
  @Param({"gauges", "wide-tags", "many-topics"})
  public String corpus = "gauges";

  private byte[] container = new byte[0];
  private List<RecordBlock> blocks = List.of();
  private final ContainerWriter writer = new ContainerWriter();

  @Setup
  public void encode() throws IOException {
    List<MetricList> records =
        switch (corpus) {
          case "gauges" -> SampleRecords.records("gauges", 1, RECORDS, 3, 20);
          case "wide-tags" -> SampleRecords.records("wide", 1, RECORDS, 20, 5);
          case "many-topics" -> SampleRecords.records("many", RECORDS, RECORDS, 3, 20);
          default -> throw new IllegalArgumentException("no corpus " + corpus);
        };
    container = SampleStream.of(records, "null", BLOCK_BYTES).container();
    blocks = readBlocks();
  }

  /** Walks and checks every byte, and decodes nothing. */
  @Benchmark
  public long readOurs() throws IOException {
    long records = 0;
    for (RecordBlock block : readBlocks()) {
      RecordCursor cursor = block.cursor();
      while (cursor.next()) {
        records++;
      }
    }
    return records;
  }

  @Benchmark
  public long readAvro() throws IOException {
    long datapoints = 0;
    try (var in = avro()) {
      MetricList record = null;
      while (in.hasNext()) {
        record = in.next(record);
        datapoints += record.getDatapoints().size();
      }
    }
    return datapoints;
  }

  /** One more block of tags in each record, and all gathered behind a header. */
  @Benchmark
  public byte[] messageOurs() {
    for (RecordBlock block : blocks) {
      RecordCursor record = block.cursor();
      while (record.next()) {
        writer.append(block.bytes(), record, ADDED_BLOCK);
      }
    }
    return writer.finish();
  }

  @Benchmark
  public byte[] messageAvro() throws IOException {
    var out = new ByteArrayOutputStream(container.length);
    try (var in = avro();
        var to = new DataFileWriter<MetricList>(new SpecificDatumWriter<>(MetricList.class))) {
      to.create(MetricList.getClassSchema(), out);
      for (MetricList record : in) {
        List<Tag> tags = new ArrayList<>(record.getTags());
        tags.add(ADDED);
        List<Datapoint> datapoints = record.getDatapoints();
        to.append(new MetricList(record.getTopic(), tags, datapoints));
      }
    }
    return out.toByteArray();
  }

  private DataFileStream<MetricList> avro() throws IOException {
    return new DataFileStream<>(
        new ByteArrayInputStream(container), new SpecificDatumReader<>(MetricList.class));
  }

  private List<RecordBlock> readBlocks() throws IOException {
    List<RecordBlock> read = new ArrayList<>();
    try (var reader =
        new ContainerReader(
            new ByteArrayInputStream(container), new ContainerLimits(1 << 16, 4 << 20))) {
      reader.readHeader();
      for (BlockHeader blockHeader = reader.nextBlockHeader();
          blockHeader != null;
          blockHeader = reader.nextBlockHeader()) {
        read.add(reader.readBlock(blockHeader));
      }
    }
    return read;
  }
}
