// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
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
  private static final String TAGS =
      """
      {"name":"tags","type":{"type":"array","items":{"type":"record","name":"Tag","fields":[\
      {"name":"key","type":"string"},{"name":"value","type":"string"}]}}}""";
  private static final String DATAPOINTS =
      """
      {"name":"datapoints","type":{"type":"array","items":{"type":"record","name":"Datapoint",\
      "fields":[{"name":"name","type":"string"},{"name":"time_ms","type":"long"},\
      {"name":"value","type":"double"}]}}}""";
  private static final String TOPIC = "{\"name\":\"topic\",\"type\":\"string\"}";

  private static final List<MetricList> ONE =
      List.of(
          new MetricList(
              "t",
              List.of(new Tag("k", "v"), new Tag("l", "w")),
              List.of(new Datapoint("n", 5L, 0.5), new Datapoint("m", 6L, -2.0))));

  @Test
  void passesASchemaThroughThatDiffersFromOursInDocsAndSpacesOnly() throws IOException {
    String schema = MetricList.getClassSchema().toString().replace("{\"", " {\n\"");
    byte[] container = Wire.header(schema, "").block(1, Wire.record("t")).toBytes();

    try (var reader = reader(container)) {
      StreamHeader header = reader.readHeader();
      assertThat(header.rewritten()).isFalse();
      assertThat(header.writerSchema()).isEqualTo(schema);
    }
  }

  @Test
  void saysThatASchemaIsRewrittenAndChargesForIt() throws IOException {
    byte[] container =
        Wire.header(record(TOPIC, DATAPOINTS, TAGS), "").number(1).number(3).toBytes();

    try (var reader = reader(container)) {
      assertThat(reader.readHeader().rewritten()).isTrue();
      assertThat(reader.nextFrame())
          .extracting(BlockFrame::chargeBytes)
          .isEqualTo(3L + Streams.LIMITS.blockBytes());
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
    int header = Wire.header(schema, "").toBytes().length;

    assertThatThrownBy(
            () -> Streams.blocks(Wire.header(schema, "").block(1, new byte[3]).toBytes()))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage("unsupported value: Found null, expecting string at offset " + (header + 2));
  }

  @Test
  void passesInvalidUtf8UnchangedWhereItRewrites() throws IOException {
    byte[] invalid = {(byte) 0xc3, 0x28, (byte) 0xff};
    byte[] theirs = new Wire().number(0).number(0).text(invalid).toBytes();
    byte[] ours = new Wire().text(invalid).number(0).number(0).toBytes();

    assertThat(
            Streams.recordBytes(
                Wire.header(record(TAGS, DATAPOINTS, TOPIC), "").block(1, theirs).toBytes()))
        .isEqualTo(ours);
  }

  @Test
  void keepsBlocksOfArraysAndDropsTheirByteCounts() throws IOException {
    byte[] tag = new Wire().text("k").text("v").toBytes();
    byte[] theirs =
        new Wire()
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
        new Wire()
            .text("t")
            .number(1)
            .bytes(tag)
            .number(1)
            .bytes(tag)
            .number(0)
            .number(0)
            .toBytes();

    assertThat(
            Streams.recordBytes(
                Wire.header(record(TAGS, DATAPOINTS, TOPIC), "").block(1, theirs).toBytes()))
        .isEqualTo(ours);
  }

  @Test
  void refusesByteCountsThatAreOffWhereItRewrites() {
    corrupt(
        record(TAGS, DATAPOINTS, TOPIC),
        new Wire().number(-1).number(5).text("k").text("v").number(0).number(0).text("t"),
        1,
        6,
        "corrupt size of a block of items: it is off by 1");
  }

  @Test
  void refusesLengthsBeyondTheEndWhereItRewrites() {
    corrupt(
        record(TAGS, DATAPOINTS, TOPIC),
        new Wire().number(0).number(0).number(Integer.MAX_VALUE).raw(1),
        1,
        2,
        "truncated text: 1 of 2147483647 bytes");
  }

  @Test
  void refusesBlocksOfMoreOrFewerRecordsWhereItRewrites() {
    String schema = record(TAGS, DATAPOINTS, TOPIC);
    byte[] record = new Wire().number(0).number(0).text("abc").toBytes();
    corrupt(
        schema, new Wire().bytes(record), 2, 6, "corrupt number of records: 2 declared, 1 found");
    corrupt(
        schema,
        new Wire().bytes(record).bytes(record),
        1,
        6,
        "corrupt number of records: 6 bytes behind the last of 1");
  }

  @Test
  void passesOverAnArrayOfATrillionNulls() throws IOException {
    String nulls = "{\"name\":\"nulls\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}";
    byte[] theirs = new Wire().number(1L << 40).number(0).bytes(Wire.record("t")).toBytes();

    assertThat(
            Streams.recordBytes(
                Wire.header(record(nulls, TOPIC, TAGS, DATAPOINTS), "").block(1, theirs).toBytes()))
        .isEqualTo(Wire.record("t"));
  }

  @Test
  void passesOverATrillionRecordsOfNulls() throws IOException {
    String nulls =
        """
        {"name":"nulls","type":{"type":"array","items":{"type":"record","name":"N","fields":[\
        {"name":"a","type":"null"},{"name":"b","type":{"type":"fixed","name":"F","size":0}}]}}}""";
    byte[] theirs =
        new Wire().number(-(1L << 40)).number(0).number(0).bytes(Wire.record("t")).toBytes();

    assertThat(
            Streams.recordBytes(
                Wire.header(record(nulls, TOPIC, TAGS, DATAPOINTS), "").block(1, theirs).toBytes()))
        .isEqualTo(Wire.record("t"));
  }

  @Test
  void refusesFixedsBeyondTheEnd() {
    String extra =
        "{\"name\":\"x\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":2147483639}}";
    corrupt(
        record(extra, TOPIC, TAGS, DATAPOINTS),
        new Wire().bytes(Wire.record("t")),
        1,
        0,
        "truncated fixed: 4 of 2147483639 bytes");
    String array =
        """
        {"name":"x","type":{"type":"array","items":\
        {"type":"fixed","name":"F","size":2147483639}}}""";
    corrupt(
        record(array, TOPIC, TAGS, DATAPOINTS),
        new Wire().number(1L << 40).bytes(Wire.record("t")),
        1,
        0,
        "corrupt number of items: 1099511627776 in 4 bytes");
  }

  @Test
  void refusesIndexesOutOfRange() {
    corrupt(
        record("{\"name\":\"x\",\"type\":[\"null\",\"int\"]}", TOPIC, TAGS, DATAPOINTS),
        new Wire().number(2).bytes(Wire.record("t")),
        1,
        0,
        "corrupt index of union: 2 not in 0..1");
    corrupt(
        record(
            "{\"name\":\"x\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}}",
            TOPIC,
            TAGS,
            DATAPOINTS),
        new Wire().number(-1).bytes(Wire.record("t")),
        1,
        0,
        "corrupt index of enum: -1 not in 0..0");
  }

  @Test
  void refusesAnIntAboveItsRange() {
    corrupt(
        record(TOPIC, TAGS, DATAPOINTS.replace("\"long\"", "\"int\"")),
        new Wire().text("t").number(0).number(1).text("n").number(1L << 31).real(1).number(0),
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
    var wire = new Wire();
    for (int i = 0; i < 64; i++) {
      wire.number(1);
    }
    corrupt(
        record(list, TOPIC, TAGS, DATAPOINTS),
        wire.number(0).bytes(Wire.record("t")),
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
        new Wire().bytes(Wire.record("t")),
        1,
        0,
        "invalid value: it nests deeper than 64");
  }

  @Test
  void refusesWhatGrowsAboveTheLimit() throws IOException {
    String schema = record(TOPIC, TAGS, DATAPOINTS.replace("\"double\"", "\"int\""));
    var wire = new Wire().text("t").number(0).number(30);
    for (int i = 0; i < 30; i++) {
      wire.text("").number(0).number(0);
    }
    byte[] container = Wire.header(schema, "").block(1, wire.number(0).toBytes()).toBytes();
    int offset = Wire.header(schema, "").toBytes().length;

    assertThat(Streams.blocks(new ByteArrayInputStream(container), new ContainerLimits(4096, 305)))
        .hasSize(1);
    assertThatThrownBy(
            () ->
                Streams.blocks(new ByteArrayInputStream(container), new ContainerLimits(4096, 304)))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage("block above 304 bytes in our schema at offset " + offset);
  }

  @Test
  void refusesSchemasThatDoNotResolve() {
    refuses(
        "\"string\"",
        "unsupported schema: it does not resolve to dcos.metrics.MetricList: "
            + "Found string, expecting dcos.metrics.MetricList");
    refuses(
        record(TOPIC, TAGS),
        "unsupported schema: it does not resolve to dcos.metrics.MetricList: "
            + "Found dcos.metrics.MetricList, expecting dcos.metrics.MetricList, "
            + "missing required field datapoints");
    refuses(
        record(TOPIC.replace("\"string\"", "\"int\""), TAGS, DATAPOINTS),
        "unsupported schema: it does not resolve to dcos.metrics.MetricList: "
            + "Found int, expecting string");
    refuses(
        "[\"null\",\"int\"]",
        "unsupported schema: it does not resolve to dcos.metrics.MetricList: "
            + "Found null, expecting dcos.metrics.MetricList");
    refuses(
        "[]", "unsupported schema: it does not resolve to dcos.metrics.MetricList: an empty union");
  }

  @Test
  void refusesTextThatIsNoSchemaInOneLine() {
    for (String text :
        List.of(
            "",
            "{",
            "nonsense",
            "{\"type\":\n\n\"nonsense\"}",
            "{\"type\":\"record\"}",
            "{\"type\":\"fixed\",\"name\":\"F\",\"size\":-1}",
            "{\"type\":\"record\",\"name\":\"1bad\",\"fields\":[]}",
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"Nope\"}]}",
            "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[1,2]}",
            "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":{}}",
            "[[\"null\"]]",
            "{\"type\":\"array\"}",
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":7}",
            "{\"type\":\"record\",\"name\":\"\",\"fields\":[]}",
            "{\"type\":\"record\",\"name\":\".\",\"fields\":[]}",
            "null",
            "7",
            "\"" + "x".repeat(5000) + "\"",
            OwnSchema.TEXT + OwnSchema.TEXT)) {
      assertThatThrownBy(() -> header(text))
          .as(text)
          .isInstanceOf(MalformedContainerException.class)
          .satisfies(
              e -> assertThat(e.getMessage()).startsWith("invalid schema: ").hasSizeLessThan(260))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
  }

  @Test
  void refusesJsonThatNestsTooDeeply() {
    refuses("[".repeat(60_000), "invalid schema: its JSON nests deeper than 64");
    refuses(
        "{\"type\":".repeat(6_000) + "\"int\"" + "}".repeat(6_000),
        "invalid schema: its JSON nests deeper than 64");
  }

  @Test
  void takesBracketsInTextForText() throws IOException {
    String schema =
        OwnSchema.TEXT.replaceFirst("\\{", "{\"doc\":\"" + "[".repeat(100) + "\\\\\\\"{\",");

    assertThat(header(schema).rewritten()).isFalse();
  }

  @Test
  void refusesTypesThatNestTooDeeplyByTheirNames() {
    // Each type names the next one, which is defined behind it: the text itself is flat.
    var schema = new StringBuilder("[\"R0\"");
    for (int i = 0; i < 800; i++) {
      schema
          .append(",{\"type\":\"record\",\"name\":\"R")
          .append(i)
          .append("\",\"fields\":[{\"name\":\"a\",\"type\":\"R")
          .append(i + 1)
          .append("\"}]}");
    }
    schema.append(",{\"type\":\"record\",\"name\":\"R800\",\"fields\":[]}]");

    assertThatThrownBy(() -> header(schema.toString()))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessageStartingWith("invalid schema: ");
  }

  @Test
  void takesLittleTimeForTypesThatDoubleAtEachLevel() throws IOException {
    // Written out, the last type would have 2^50 ints.
    var types = new StringBuilder("{\"type\":\"record\",\"name\":\"R0\",\"fields\":[]}");
    for (int i = 1; i <= 50; i++) {
      String before = "\"R" + (i - 1) + '"';
      types
          .append(",{\"type\":\"record\",\"name\":\"R")
          .append(i)
          .append("\",\"fields\":[{\"name\":\"a\",\"type\":")
          .append(before)
          .append("},{\"name\":\"b\",\"type\":")
          .append(before)
          .append("}]}");
    }
    String extra = "{\"name\":\"x\",\"type\":[" + types + "]}";
    byte[] theirs = new Wire().number(50).bytes(Wire.record("t")).toBytes();

    assertThat(
            Streams.recordBytes(
                Wire.header(record(extra, TOPIC, TAGS, DATAPOINTS), "").block(1, theirs).toBytes()))
        .isEqualTo(Wire.record("t"));
  }

  private static String record(String... fields) {
    return "{\"type\":\"record\",\"name\":\"MetricList\",\"namespace\":\"dcos.metrics\","
        + "\"fields\":["
        + String.join(",", fields)
        + "]}";
  }

  private static String tags() {
    return "\"tags\":[{\"key\":\"k\",\"value\":\"v\"},{\"key\":\"l\",\"value\":\"w\"}]";
  }

  private static String datapoints() {
    return """
        "datapoints":[{"name":"n","time_ms":5,"value":0.5},{"name":"m","time_ms":6,"value":-2.0}]""";
  }

  private static ContainerReader reader(byte[] container) {
    return new ContainerReader(new ByteArrayInputStream(container), Streams.LIMITS);
  }

  private static StreamHeader header(String schema) throws IOException {
    try (var reader = reader(Wire.header(schema, "").toBytes())) {
      return reader.readHeader();
    }
  }

  private static void refuses(String schema, String reason) {
    assertThatThrownBy(() -> header(schema))
        .isInstanceOf(MalformedContainerException.class)
        .extracting(e -> ((MalformedContainerException) e).reason())
        .isEqualTo(reason);
  }

  /** Expects an error at an index of the body. */
  private static void corrupt(String schema, Wire body, int records, int index, String reason) {
    byte[] bytes = body.toBytes();
    Wire header = Wire.header(schema, "");
    long bodyAt =
        (long) header.toBytes().length + Varint.length(records) + Varint.length(bytes.length);
    byte[] container = header.block(records, bytes).toBytes();
    assertThatThrownBy(() -> Streams.blocks(container))
        .isInstanceOf(MalformedContainerException.class)
        .hasMessage(reason + " at offset " + (bodyAt + index));
  }

  /** Has the Avro library write one record, and compares it with {@link #ONE}. */
  private static void reads(String schema, String json) throws IOException {
    assertThat(decoded(written(schema, json))).isEqualTo(ONE);
  }

  private static List<MetricList> decoded(byte[] container) throws IOException {
    List<MetricList> records = new ArrayList<>();
    for (RecordBlock block : Streams.blocks(container)) {
      var cursor = block.cursor();
      for (int i = 0; i < block.records(); i++) {
        assertThat(cursor.next()).isTrue();
      }
      assertThat(cursor.next()).isFalse();
      records.addAll(MetricLists.decode(block));
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
