// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.codec.testing.AvroReference;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever becomes of a container on its way: blocks that hold what they say, or one error. */
class ContainerFuzzTest {
  private static final ContainerLimits LIMITS = new ContainerLimits(8 << 10, 64 << 10);
  private static final List<String> CODECS = List.of("null", "deflate", "snappy", "zstandard");

  @Example
  void unchangedTheyAreRead() throws IOException {
    for (int kind = 0; kind <= CODECS.size(); kind++) {
      var in = new ByteArrayInputStream(container(kind));
      assertThat(ContainerStreams.blocks(in, LIMITS)).hasSizeGreaterThan(1);
    }
  }

  @Property(tries = 2000)
  void changedBytesGiveBlocksOrAnError(
      @ForAll @IntRange(min = 0, max = 4) int kind,
      @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 1 << 20) Integer> places,
      @ForAll byte change)
      throws IOException {
    byte[] container = container(kind);
    for (int place : places) {
      container[place % container.length] += (byte) (change | 1);
    }
    readsOrRefuses(container);
  }

  @Property(tries = 500)
  void missingOrRepeatedPartsGiveBlocksOrAnError(
      @ForAll @IntRange(min = 0, max = 4) int kind,
      @ForAll @IntRange(min = 0, max = 1 << 20) int from,
      @ForAll @IntRange(min = 0, max = 1 << 20) int to)
      throws IOException {
    byte[] container = container(kind);
    int head = from % container.length;
    int tail = to % container.length;
    byte[] changed =
        new BinaryWriter()
            .bytes(Arrays.copyOf(container, head))
            .bytes(Arrays.copyOfRange(container, tail, container.length))
            .toBytes();
    readsOrRefuses(changed);
  }

  @Property(tries = 500)
  void anyBytesBehindAHeaderGiveBlocksOrAnError(
      @ForAll @IntRange(min = 0, max = 4) int kind, @ForAll byte[] body) throws IOException {
    BinaryWriter header =
        kind < CODECS.size()
            ? BinaryWriter.header(MetricListSchema.TEXT, CODECS.get(kind))
            : BinaryWriter.header(foreign(), "null");
    readsOrRefuses(header.block(1, body).toBytes());
  }

  private static void readsOrRefuses(byte[] container) throws IOException {
    List<RecordBlock> blocks = new ArrayList<>();
    try {
      ContainerStreams.readInto(blocks, new ByteArrayInputStream(container), LIMITS);
    } catch (MalformedContainerException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
      assertThat(e.offset()).isBetween(0L, (long) container.length);
    }
    for (RecordBlock block : blocks) {
      int records = 0;
      for (RecordCursor cursor = block.cursor(); cursor.next(); ) {
        records++;
      }
      assertThat(records).isEqualTo(block.records());
      assertThat(MetricListCodec.decode(block)).hasSize(records);
    }
  }

  private static byte[] container(int kind) throws IOException {
    List<MetricList> records =
        List.of(
            new MetricList("a", List.of(new Tag("k", "v")), List.of()),
            new MetricList(
                "bb",
                List.of(new Tag("key", "value"), new Tag("", "")),
                List.of(new Datapoint("n", 1L, 2.0), new Datapoint("m", -5L, Double.NaN))),
            new MetricList("ccc", List.of(), List.of(new Datapoint("n", 1L << 40, 1e300))));
    if (kind < CODECS.size()) {
      return AvroReference.write(records, CODECS.get(kind), 32);
    }
    byte[] body =
        new BinaryWriter()
            .number(2) // more: C
            .number(-1)
            .number(14)
            .text("name")
            .number(-1)
            .real(1)
            .number(0)
            .text("topic")
            .number(2) // tree
            .text("x")
            .number(1)
            .number(7)
            .text("y")
            .number(0)
            .number(0)
            .number(1) // tags
            .text("value")
            .number(1)
            .text("key")
            .number(0)
            .toBytes();
    return BinaryWriter.header(foreign(), "null").block(1, body).block(1, body).toBytes();
  }

  /** Fields reordered, left out and in unions. */
  private static String foreign() {
    return """
        {"type":"record","name":"MetricList","fields":[\
        {"name":"more","type":{"type":"enum","name":"E","symbols":["A","B","C"]}},\
        {"name":"datapoints","type":{"type":"array","items":\
        {"type":"record","name":"D","fields":[{"name":"name","type":"bytes"},\
        {"name":"time_ms","type":"int"},{"name":"value","type":"double"}]}}},\
        {"name":"topic","type":"string"},\
        {"name":"tree","type":{"type":"map","values":["null","int"]}},\
        {"name":"tags","type":{"type":"array","items":\
        {"type":"record","name":"T","fields":[{"name":"value","type":"string"},\
        {"name":"key","type":["null","string"]}]}}}]}""";
  }
}
