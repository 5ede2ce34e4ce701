// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import static dcos.metrics.codec.testing.ForeignSchemas.DATAPOINTS;
import static dcos.metrics.codec.testing.ForeignSchemas.TAGS;
import static dcos.metrics.codec.testing.ForeignSchemas.TOPIC;
import static dcos.metrics.codec.testing.ForeignSchemas.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.binary.Varint;
import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Blocks of other schemas, each with one thing wrong. */
class CorruptForeignBlockTest {
  @Test
  void refusesByteCountsThatAreOffWhereItRewrites() {
    corrupt(
        record(TAGS, DATAPOINTS, TOPIC),
        new BinaryWriter().number(-1).number(5).text("k").text("v").number(0).number(0).text("t"),
        1,
        6,
        "corrupt size of a block of items: it is off by 1");
  }

  @Test
  void refusesLengthsBeyondTheEndWhereItRewrites() {
    corrupt(
        record(TAGS, DATAPOINTS, TOPIC),
        new BinaryWriter().number(0).number(0).number(Integer.MAX_VALUE).raw(1),
        1,
        2,
        "truncated text: 1 of 2147483647 bytes");
  }

  @Test
  void refusesBlocksOfMoreOrFewerRecordsWhereItRewrites() {
    String schema = record(TAGS, DATAPOINTS, TOPIC);
    byte[] record = new BinaryWriter().number(0).number(0).text("abc").toBytes();
    corrupt(
        schema,
        new BinaryWriter().bytes(record),
        2,
        6,
        "corrupt number of records: 2 declared, 1 found");
    corrupt(
        schema,
        new BinaryWriter().bytes(record).bytes(record),
        1,
        6,
        "corrupt number of records: 6 bytes behind the last of 1");
  }

  @Test
  void refusesFixedsBeyondTheEnd() {
    String extra =
        "{\"name\":\"x\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":2147483639}}";
    corrupt(
        record(extra, TOPIC, TAGS, DATAPOINTS),
        new BinaryWriter().bytes(BinaryWriter.record("t")),
        1,
        0,
        "truncated fixed: 4 of 2147483639 bytes");
    String array =
        """
        {"name":"x","type":{"type":"array","items":\
        {"type":"fixed","name":"F","size":2147483639}}}""";
    corrupt(
        record(array, TOPIC, TAGS, DATAPOINTS),
        new BinaryWriter().number(1L << 40).bytes(BinaryWriter.record("t")),
        1,
        0,
        "corrupt number of items: 1099511627776 in 4 bytes");
  }

  @Test
  void refusesIndexesOutOfRange() {
    corrupt(
        record("{\"name\":\"x\",\"type\":[\"null\",\"int\"]}", TOPIC, TAGS, DATAPOINTS),
        new BinaryWriter().number(2).bytes(BinaryWriter.record("t")),
        1,
        0,
        "corrupt index of union: 2 not in 0..1");
    corrupt(
        record(
            "{\"name\":\"x\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}}",
            TOPIC,
            TAGS,
            DATAPOINTS),
        new BinaryWriter().number(-1).bytes(BinaryWriter.record("t")),
        1,
        0,
        "corrupt index of enum: -1 not in 0..0");
  }

  @Test
  void refusesAnIntAboveItsRange() {
    corrupt(
        record(TOPIC, TAGS, DATAPOINTS.replace("\"long\"", "\"int\"")),
        new BinaryWriter()
            .text("t")
            .number(0)
            .number(1)
            .text("n")
            .number(1L << 31)
            .real(1)
            .number(0),
        1,
        6,
        "invalid int: 2147483648");
  }

  @Test
  void refusesValuesThatNestTooDeeply() {
    String list =
        """
        {"name":"list","type":{"type":"record","name":"List","fields":[\
        {"name":"next","type":["null","List"]}]}}""";
    var wire = new BinaryWriter();
    for (int i = 0; i < 64; i++) {
      wire.number(1);
    }
    corrupt(
        record(list, TOPIC, TAGS, DATAPOINTS),
        wire.number(0).bytes(BinaryWriter.record("t")),
        1,
        64,
        "invalid value: it nests deeper than 64");
  }

  @Test
  void refusesARecordThatConsistsOfItself() {
    String endless =
        """
        {"name":"x","type":{"type":"record","name":"X","fields":[{"name":"x","type":"X"}]}}""";
    corrupt(
        record(endless, TOPIC, TAGS, DATAPOINTS),
        new BinaryWriter().bytes(BinaryWriter.record("t")),
        1,
        0,
        "invalid value: it nests deeper than 64");
  }

  @Test
  void refusesWhatGrowsAboveTheLimit() throws IOException {
    String schema = record(TOPIC, TAGS, DATAPOINTS.replace("\"double\"", "\"int\""));
    var wire = new BinaryWriter().text("t").number(0).number(30);
    for (int i = 0; i < 30; i++) {
      wire.text("").number(0).number(0);
    }
    byte[] container = BinaryWriter.header(schema, "").block(1, wire.number(0).toBytes()).toBytes();
    int offset = BinaryWriter.header(schema, "").toBytes().length;

    assertThat(
            ContainerStreams.blocks(
                new ByteArrayInputStream(container), new ContainerLimits(4096, 305)))
        .hasSize(1);
    assertThatThrownBy(
            () ->
                ContainerStreams.blocks(
                    new ByteArrayInputStream(container), new ContainerLimits(4096, 304)))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage("block above 304 bytes in our schema at offset " + offset);
  }

  /** Expects an error at an index of the body. */
  private static void corrupt(
      String schema, BinaryWriter body, int records, int index, String reason) {
    byte[] bytes = body.toBytes();
    BinaryWriter header = BinaryWriter.header(schema, "");
    long bodyAt =
        (long) header.toBytes().length + Varint.length(records) + Varint.length(bytes.length);
    byte[] container = header.block(records, bytes).toBytes();
    assertThatThrownBy(() -> ContainerStreams.blocks(container))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage(reason + " at offset " + (bodyAt + index));
  }
}
