// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.codec.container.MalformedContainerException;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.testing.ContainerStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.RandomData;

/** Records of other schemas become the same as where the Avro library resolves them. */
class ResolutionTest {
  private static final List<String> EXTRAS =
      List.of(
          "\"null\"",
          "\"boolean\"",
          "\"int\"",
          "\"long\"",
          "\"float\"",
          "\"double\"",
          "\"bytes\"",
          "\"string\"",
          "[\"null\",\"long\",\"string\"]",
          "{\"type\":\"array\",\"items\":\"float\"}",
          "{\"type\":\"array\",\"items\":[\"null\",\"bytes\"]}",
          "{\"type\":\"map\",\"values\":\"int\"}",
          "{\"type\":\"fixed\",\"name\":\"N%d\",\"size\":5}",
          "{\"type\":\"enum\",\"name\":\"N%d\",\"symbols\":[\"A\",\"B\"]}",
          "{\"type\":\"record\",\"name\":\"N%d\",\"fields\":["
              + "{\"name\":\"a\",\"type\":\"null\"},{\"name\":\"b\",\"type\":\"string\"}]}");

  @Property(tries = 300)
  void agreesWithTheAvroLibrary(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    Schema schema = new Schema.Parser().parse(new SchemaMaker(random).metricList());
    byte[] container = written(schema, random);

    List<String> theirs;
    try {
      theirs = resolvedByAvro(container);
    } catch (AvroTypeException _) {
      assertThatThrownBy(() -> ContainerStreams.blocks(container))
          .isInstanceOf(MalformedContainerException.class)
          .hasMessageStartingWith("unsupported value: ");
      return;
    }
    List<String> ours = new ArrayList<>();
    for (RecordBlock block : ContainerStreams.blocks(container)) {
      MetricListCodec.decode(block).forEach(metrics -> ours.add(metrics.toString()));
    }
    assertThat(ours).isEqualTo(theirs);
  }

  private static byte[] written(Schema schema, Random random) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.fromString(random.nextBoolean() ? "null" : "deflate"));
      writer.setSyncInterval(200);
      writer.create(schema, out);
      for (Object datum : new RandomData(schema, 5, random.nextLong())) {
        writer.append(datum);
      }
    }
    return out.toByteArray();
  }

  private static List<String> resolvedByAvro(byte[] container) throws IOException {
    var datums =
        new GenericDatumReader<GenericRecord>(
            null, new Schema.Parser().parse(MetricListSchema.TEXT));
    List<String> records = new ArrayList<>();
    try (var reader = new DataFileStream<>(new ByteArrayInputStream(container), datums)) {
      reader.forEach(metrics -> records.add(metrics.toString()));
    }
    return records;
  }

  /** Makes schemas that resolve to ours, but for some branches of unions. */
  private static final class SchemaMaker {
    private final Random random;
    private int names;

    SchemaMaker(Random random) {
      this.random = random;
    }

    String metricList() {
      String tag = record("Tag", field("key", text()), field("value", text()));
      String datapoint =
          record(
              "Datapoint",
              field("name", text()),
              field("time_ms", oneOf("\"long\"", "\"int\"", "[\"int\",\"long\"]")),
              field(
                  "value",
                  oneOf(
                      "\"double\"",
                      "\"float\"",
                      "\"int\"",
                      "\"long\"",
                      "[\"float\",\"int\",\"double\"]")));
      return record(
          "MetricList",
          field("topic", text()),
          field("tags", array(tag)),
          field("datapoints", array(datapoint)));
    }

    private String text() {
      return oneOf("\"string\"", "\"string\"", "\"bytes\"", "[\"bytes\",\"string\"]");
    }

    private String array(String items) {
      String array = "{\"type\":\"array\",\"items\":" + items + "}";
      return random.nextInt(20) == 0 ? "[\"null\"," + array + "]" : array;
    }

    private static String field(String name, String type) {
      return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
    }

    private String record(String name, String... ours) {
      List<String> fields = new ArrayList<>(List.of(ours));
      for (int i = random.nextInt(3); i > 0; i--) {
        names++;
        String type = EXTRAS.get(random.nextInt(EXTRAS.size())).formatted(names);
        fields.add(field("extra" + names, type));
      }
      if (random.nextBoolean()) {
        Collections.shuffle(fields, random);
      }
      return "{\"type\":\"record\",\"name\":\""
          + name
          + "\",\"fields\":["
          + String.join(",", fields)
          + "]}";
    }

    private String oneOf(String... choices) {
      return choices[random.nextInt(choices.length)];
    }
  }
}
