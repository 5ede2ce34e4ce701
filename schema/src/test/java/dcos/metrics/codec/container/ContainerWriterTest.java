// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.codec.record.RecordEncoder;
import dcos.metrics.codec.testing.AvroReference;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerWriterTest {
  private static final List<MetricList> RECORDS =
      List.of(
          new MetricList("a", List.of(), List.of()),
          new MetricList("b", List.of(new Tag("k", "v")), List.of(new Datapoint("n", 1L, 2.0))),
          new MetricList("c", List.of(), List.of(new Datapoint("n", 3L, 4.0))));
  private static final List<Tag> MORE = List.of(new Tag("agent_id", "S1"), new Tag("x", ""));
  private static final byte[] MORE_TAGS = tagBlock("agent_id", "S1", "x", "");

  @Test
  void writesAContainerOfNoRecords() throws IOException {
    byte[] container = new ContainerWriter().finish();

    assertThat(AvroReference.read(container)).isEmpty();
    assertThat(ContainerStreams.recordBytes(container)).isEmpty();
  }

  @Test
  void gathersRecordsOfSeveralArrays() throws IOException {
    RecordBlock block = MetricListCodec.encode(RECORDS);
    RecordCursor cursor = block.cursor();
    cursor.next();
    int cut = cursor.end();
    var writer = new ContainerWriter();

    writer.append(block.bytes(), cut, block.length() - cut, 2);
    writer.append(block.bytes(), 0, cut, 1);

    assertThat(AvroReference.read(writer.finish()))
        .containsExactly(
            RECORDS.get(1).toString(), RECORDS.get(2).toString(), RECORDS.get(0).toString());
  }

  @Test
  void addsTagsBehindThoseOfARecord() throws IOException {
    var writer = new ContainerWriter();
    appendAll(writer, MetricListCodec.encode(RECORDS), MORE_TAGS);

    assertThat(AvroReference.read(writer.finish())).isEqualTo(tagged());
  }

  @Test
  void addsTagsBehindSeveralBlocksWithByteCounts() throws IOException {
    byte[] bytes =
        new BinaryWriter()
            .text("t")
            .number(-1)
            .number(4)
            .text("a")
            .text("1")
            .number(1)
            .text("b")
            .text("2")
            .raw(0x80, 0) // the end, as a number of two bytes
            .number(0)
            .toBytes();
    var writer = new ContainerWriter();
    appendAll(writer, new RecordBlock(bytes, 0, bytes.length, 1), MORE_TAGS);

    assertThat(AvroReference.read(writer.finish()))
        .containsExactly(
            new MetricList(
                    "t",
                    List.of(new Tag("a", "1"), new Tag("b", "2"), MORE.get(0), MORE.get(1)),
                    List.of())
                .toString());
  }

  @Test
  void leavesRecordsAsTheyAreWhereThereAreNoTagsToAdd() throws IOException {
    RecordBlock block = MetricListCodec.encode(RECORDS);
    var writer = new ContainerWriter();
    appendAll(writer, block, tagBlock());

    assertThat(ContainerStreams.recordBytes(writer.finish())).isEqualTo(block.bytes());
  }

  @Test
  void isEmptyAgainOnceFinished() throws IOException {
    RecordBlock block = MetricListCodec.encode(RECORDS);
    byte[] tags = MORE_TAGS;
    var writer = new ContainerWriter();
    for (int i = 0; i < 20_000; i++) {
      appendAll(writer, block, tags);
    }
    writer.finish();

    appendAll(writer, block, tags);

    assertThat(AvroReference.read(writer.finish())).isEqualTo(tagged());
  }

  private static void appendAll(ContainerWriter writer, RecordBlock block, byte[] tags) {
    for (RecordCursor cursor = block.cursor(); cursor.next(); ) {
      writer.append(block.bytes(), cursor, tags);
    }
  }

  private static List<String> tagged() {
    return RECORDS.stream()
        .map(
            metrics -> {
              List<Tag> all = new ArrayList<>(metrics.getTags());
              all.addAll(MORE);
              return new MetricList(metrics.getTopic(), all, metrics.getDatapoints()).toString();
            })
        .toList();
  }

  private static byte[] tagBlock(String... keysAndValues) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tags.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return RecordEncoder.tagBlock(tags);
  }
}
