// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import static dcos.metrics.codec.testing.ForeignSchemas.DATAPOINTS;
import static dcos.metrics.codec.testing.ForeignSchemas.TAGS;
import static dcos.metrics.codec.testing.ForeignSchemas.TOPIC;
import static dcos.metrics.codec.testing.ForeignSchemas.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.container.BlockHeader;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.container.StreamHeader;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.testing.BinaryWriter;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

class WriterSchemaTest {
  private static final List<MetricList> ONE =
      List.of(
          new MetricList(
              "t",
              List.of(new Tag("k", "v"), new Tag("l", "w")),
              List.of(new Datapoint("n", 5L, 0.5), new Datapoint("m", 6L, -2.0))));

  @Test
  void passesASchemaThroughThatDiffersFromOursInDocsAndSpacesOnly() throws IOException {
    String schema = MetricList.getClassSchema().toString().replace("{\"", " {\n\"");
    byte[] container = BinaryWriter.header(schema, "").block(1, BinaryWriter.record("t")).toBytes();

    try (var reader = reader(container)) {
      StreamHeader header = reader.readHeader();
      assertThat(header.rewritten()).isFalse();
      assertThat(header.writerSchema()).isEqualTo(schema);
    }
  }

  @Test
  void reportsThatASchemaIsRewrittenAndChargesForIt() throws IOException {
    byte[] container =
        BinaryWriter.header(record(TOPIC, DATAPOINTS, TAGS), "").number(1).number(3).toBytes();

    try (var reader = reader(container)) {
      assertThat(reader.readHeader().rewritten()).isTrue();
      assertThat(reader.nextBlockHeader())
          .extracting(BlockHeader::chargeBytes)
          .isEqualTo(3L + ContainerStreams.LIMITS.blockBytes());
    }
  }

  @Test
  void readsFieldsInAnotherOrder() throws IOException {
    String schema =
        record(
            DATAPOINTS.replace(
                "{\"name\":\"name\",\"type\":\"string\"},{\"name\":\"time_ms\",\"type\":\"long\"}",
                "{\"name\":\"time_ms\",\"type\":\"long\"},{\"name\":\"name\",\"type\":\"string\"}"),
            TOPIC,
            TAGS);

    reads(
        schema,
        """
        {"datapoints":[{"time_ms":5,"name":"n","value":0.5},{"time_ms":6,"name":"m","value":-2.0}],
        "topic":"t","tags":[{"key":"k","value":"v"},{"key":"l","value":"w"}]}""");
  }

  @Test
  void leavesOutFieldsOfAnyType() throws IOException {
    String extra =
        """
        {"name":"a","type":"null"},{"name":"b","type":"boolean"},{"name":"c","type":"int"},\
        {"name":"d","type":"float"},{"name":"e","type":"double"},{"name":"f","type":"bytes"},\
        {"name":"g","type":{"type":"fixed","name":"F","size":3}},\
        {"name":"h","type":{"type":"enum","name":"E","symbols":["X","Y"]}},\
        {"name":"i","type":{"type":"map","values":"F"}},\
        {"name":"j","type":["null","E"]},\
        {"name":"k","type":{"type":"array","items":{"type":"record","name":"R","fields":[\
        {"name":"x","type":"null"},{"name":"y","type":"long"}]}}},\
        {"name":"l","type":{"type":"array","items":"null"}}""";
    String values =
        """
        "a":null,"b":true,"c":-300,"d":1.5,"e":2.5,"f":"bytes","g":"abc","h":"Y",\
        "i":{"p":"abc","q":"def"},"j":{"dcos.metrics.E":"X"},"k":[{"x":null,"y":7},{"x":null,"y":99999}],\
        "l":[null,null]""";

    reads(
        record(extra, TOPIC, TAGS, DATAPOINTS),
        "{" + values + ",\"topic\":\"t\"," + tags() + "," + datapoints() + "}");
    reads(
        record(TOPIC, TAGS, extra, DATAPOINTS),
        "{\"topic\":\"t\"," + tags() + "," + values + "," + datapoints() + "}");
    reads(
        record(DATAPOINTS, TAGS, TOPIC, extra),
        "{" + datapoints() + "," + tags() + ",\"topic\":\"t\"," + values + "}");
  }

  @Test
  void leavesOutFieldsThatContainThemselves() throws IOException {
    String tree =
        """
        {"name":"tree","type":{"type":"record","name":"Tree","fields":[\
        {"name":"leaf","type":"int"},\
        {"name":"branches","type":{"type":"array","items":"Tree"}}]}}""";

    reads(
        record(tree, TOPIC, TAGS, DATAPOINTS),
        """
        {"tree":{"leaf":1,"branches":[{"leaf":2,"branches":[]},\
        {"leaf":3,"branches":[{"leaf":4,"branches":[]}]}]},\
        "topic":"t",%s,%s}"""
            .formatted(tags(), datapoints()));
  }

  @Test
  void readsTypesThatAvroPromotes() throws IOException {
    for (String type : List.of("int", "long", "float")) {
      String schema =
          record(
              TOPIC.replace("\"string\"", "\"bytes\""),
              TAGS.replace("\"value\",\"type\":\"string\"", "\"value\",\"type\":\"bytes\""),
              DATAPOINTS.replace("\"long\"", "\"int\"").replace("\"double\"", '"' + type + '"'));
      List<MetricList> expected =
          List.of(
              new MetricList(
                  "t", List.of(new Tag("k", "v")), List.of(new Datapoint("n", 5L, -3.0))));

      assertThat(
              decoded(
                  written(
                      schema,
                      """
                      {"topic":"t","tags":[{"key":"k","value":"v"}],\
                      "datapoints":[{"name":"n","time_ms":5,"value":-3}]}""")))
          .isEqualTo(expected);
    }
  }

  @Test
  void readsAnotherNameAsAvroDoes() throws IOException {
    reads(
        record(TOPIC, TAGS, DATAPOINTS).replace("\"MetricList\"", "\"org.other.Measured\""),
        "{\"topic\":\"t\"," + tags() + "," + datapoints() + "}");
  }

  @Test
  void readsUnionsWhoseValuesResolve() throws IOException {
    reads(
        record(
            TOPIC.replace("\"string\"", "[\"null\",\"string\"]"),
            TAGS,
            DATAPOINTS.replace("\"double\"", "[\"int\",\"double\"]")),
        """
        {"topic":{"string":"t"},%s,"datapoints":[{"name":"n","time_ms":5,"value":{"double":0.5}},\
        {"name":"m","time_ms":6,"value":{"int":-2}}]}"""
            .formatted(tags()));
  }

  @Test
  void refusesAValueOfAUnionThatDoesNotResolve() throws IOException {
    String schema = record(TOPIC.replace("\"string\"", "[\"null\",\"string\"]"), TAGS, DATAPOINTS);
    int header = BinaryWriter.header(schema, "").toBytes().length;

    assertThatThrownBy(
            () ->
                ContainerStreams.blocks(
                    BinaryWriter.header(schema, "").block(1, new byte[3]).toBytes()))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage("unsupported value: Found null, expecting string at offset " + (header + 2));
  }

  @Test
  void passesInvalidUtf8UnchangedWhereItRewrites() throws IOException {
    byte[] invalid = {(byte) 0xc3, 0x28, (byte) 0xff};
    byte[] theirs = new BinaryWriter().number(0).number(0).text(invalid).toBytes();
    byte[] ours = new BinaryWriter().text(invalid).number(0).number(0).toBytes();

    assertThat(
            ContainerStreams.recordBytes(
                BinaryWriter.header(record(TAGS, DATAPOINTS, TOPIC), "")
                    .block(1, theirs)
                    .toBytes()))
        .isEqualTo(ours);
  }

  @Test
  void keepsBlocksOfArraysAndDropsTheirByteCounts() throws IOException {
    byte[] tag = new BinaryWriter().text("k").text("v").toBytes();
    byte[] theirs =
        new BinaryWriter()
            .number(-1)
            .number(tag.length)
            .bytes(tag)
            .number(1)
            .bytes(tag)
            .number(0)
            .number(0)
            .text("t")
            .toBytes();
    byte[] ours =
        new BinaryWriter()
            .text("t")
            .number(1)
            .bytes(tag)
            .number(1)
            .bytes(tag)
            .number(0)
            .number(0)
            .toBytes();

    assertThat(
            ContainerStreams.recordBytes(
                BinaryWriter.header(record(TAGS, DATAPOINTS, TOPIC), "")
                    .block(1, theirs)
                    .toBytes()))
        .isEqualTo(ours);
  }

  @Test
  void passesOverAnArrayOfATrillionNulls() throws IOException {
    String nulls = "{\"name\":\"nulls\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}";
    byte[] theirs =
        new BinaryWriter().number(1L << 40).number(0).bytes(BinaryWriter.record("t")).toBytes();

    assertThat(
            ContainerStreams.recordBytes(
                BinaryWriter.header(record(nulls, TOPIC, TAGS, DATAPOINTS), "")
                    .block(1, theirs)
                    .toBytes()))
        .isEqualTo(BinaryWriter.record("t"));
  }

  @Test
  void passesOverATrillionRecordsOfNulls() throws IOException {
    String nulls =
        """
        {"name":"nulls","type":{"type":"array","items":{"type":"record","name":"N","fields":[\
        {"name":"a","type":"null"},{"name":"b","type":{"type":"fixed","name":"F","size":0}}]}}}""";
    byte[] theirs =
        new BinaryWriter()
            .number(-(1L << 40))
            .number(0)
            .number(0)
            .bytes(BinaryWriter.record("t"))
            .toBytes();

    assertThat(
            ContainerStreams.recordBytes(
                BinaryWriter.header(record(nulls, TOPIC, TAGS, DATAPOINTS), "")
                    .block(1, theirs)
                    .toBytes()))
        .isEqualTo(BinaryWriter.record("t"));
  }

  private static String tags() {
    return "\"tags\":[{\"key\":\"k\",\"value\":\"v\"},{\"key\":\"l\",\"value\":\"w\"}]";
  }

  private static String datapoints() {
    return """
        "datapoints":[{"name":"n","time_ms":5,"value":0.5},{"name":"m","time_ms":6,"value":-2.0}]""";
  }

  private static ContainerReader reader(byte[] container) {
    return new ContainerReader(new ByteArrayInputStream(container), ContainerStreams.LIMITS);
  }

  /** Has the Avro library write one record, and compares it with {@link #ONE}. */
  private static void reads(String schema, String json) throws IOException {
    assertThat(decoded(written(schema, json))).isEqualTo(ONE);
  }

  private static List<MetricList> decoded(byte[] container) throws IOException {
    List<MetricList> records = new ArrayList<>();
    for (RecordBlock block : ContainerStreams.blocks(container)) {
      var cursor = block.cursor();
      for (int i = 0; i < block.records(); i++) {
        assertThat(cursor.next()).isTrue();
      }
      assertThat(cursor.next()).isFalse();
      records.addAll(MetricListCodec.decode(block));
    }
    return records;
  }

  private static byte[] written(String schemaText, String json) throws IOException {
    Schema schema = new Schema.Parser().parse(schemaText);
    var in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(schema)
            .read(null, DecoderFactory.get().jsonDecoder(schema, in));
    var out = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.create(schema, out);
      writer.append(record);
    }
    return out.toByteArray();
  }
}
