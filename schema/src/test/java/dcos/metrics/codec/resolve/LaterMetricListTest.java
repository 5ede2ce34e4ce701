// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.container.ContainerWriter;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.testing.ContainerStreams;
import dcos.metrics.testkit.recording.SchemaEdit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

/**
 * The tables in {@code README.md} about a new field with a default in {@code metrics.avsc}: in
 * every pair of an older and a newer sender, collector and consumer, every record is read.
 */
class LaterMetricListTest {
  private static final Schema OURS = MetricList.getClassSchema();

  /** Ours with fields at the beginning, in the middle and at the end of the record. */
  private static final Schema LATER =
      new Schema.Parser()
          .parse(
              new SchemaEdit(OURS.toString())
                  .addField("MetricList", 0, "{\"name\":\"v\",\"type\":\"int\",\"default\":2}")
                  .addField(
                      "MetricList", 2, "{\"name\":\"host\",\"type\":\"string\",\"default\":\"-\"}")
                  .addField(
                      "MetricList",
                      5,
                      "{\"name\":\"sums\",\"type\":[\"null\",{\"type\":\"map\",\"values\":\"long\"}],"
                          + "\"default\":null}")
                  .text());

  private static final List<MetricList> RECORDS =
      List.of(
          record("web", new Tag("host", "a1")),
          record("db"),
          record("web", new Tag("k", "v"), new Tag("l", "w")));

  @Test
  void aNewerCollectorGivesRecordsOfAnOlderSenderTheDefaults() throws Exception {
    WriterSchema older = SchemaResolver.parse(MetricListSchema.TEXT, LATER);
    byte[] block = MetricListCodec.encode(RECORDS).bytes();

    RecordBlock converted = older.toOurs(block, RECORDS.size(), 1 << 20);

    assertThat(older.isRewritten()).isTrue();
    assertThat(decoded(converted.bytes(), RECORDS.size())).isEqualTo(withDefaults());
  }

  @Test
  void aNewerCollectorPassesRecordsOfANewerSenderThrough() throws Exception {
    assertThat(SchemaResolver.parse(LATER.toString(), LATER).isRewritten()).isFalse();
  }

  @Test
  void anOlderCollectorReadsRecordsOfANewerSenderWithoutTheField() throws Exception {
    List<MetricList> read = new ArrayList<>();
    for (RecordBlock block : ContainerStreams.blocks(newerContainer())) {
      read.addAll(MetricListCodec.decode(block));
    }

    assertThat(read).isEqualTo(RECORDS);
  }

  @Test
  void anOlderConsumerReadsANewerMessageWithoutTheField() throws Exception {
    List<MetricList> read = new ArrayList<>();
    try (var reader =
        new DataFileStream<>(
            new ByteArrayInputStream(newerContainer()),
            new SpecificDatumReader<>(MetricList.class))) {
      reader.forEach(read::add);
    }

    assertThat(read).isEqualTo(RECORDS);
  }

  @Test
  void aNewerConsumerReadsAnOlderMessageWithTheDefaults() throws Exception {
    assertThat(read(olderContainer(), LATER)).isEqualTo(withDefaults());
  }

  /** So a field is better added to the record than to its tags or datapoints. */
  @Test
  void avroItselfFailsWhereItemsOfAnArrayGainedAField() {
    Schema later =
        new Schema.Parser()
            .parse(
                new SchemaEdit(OURS.toString())
                    .addField("Datapoint", 3, "{\"name\":\"unit\",\"type\":\"long\",\"default\":0}")
                    .addField(
                        "Datapoint", 4, "{\"name\":\"sum\",\"type\":\"double\",\"default\":0}")
                    .text());

    assertThatThrownBy(() -> read(olderContainer(), later))
        .isInstanceOf(AvroRuntimeException.class)
        .hasMessageContaining("Collection claims 1 elements");
  }

  private static MetricList record(String topic, Tag... tags) {
    return new MetricList(topic, List.of(tags), List.of(new Datapoint("a", 1L, 0.5)));
  }

  private static byte[] olderContainer() {
    var message = new ContainerWriter();
    RecordBlock block = MetricListCodec.encode(RECORDS);
    message.append(block.bytes(), block.offset(), block.length(), block.records());
    return message.finish();
  }

  private static byte[] newerContainer() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(LATER))) {
      writer.setCodec(CodecFactory.deflateCodec(6));
      writer.create(LATER, bytes);
      for (GenericRecord record : read(olderContainer(), LATER)) {
        writer.append(record);
      }
    }
    return bytes.toByteArray();
  }

  private static List<GenericRecord> read(byte[] container, Schema reader) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    try (var stream =
        new DataFileStream<>(
            new ByteArrayInputStream(container),
            new GenericDatumReader<GenericRecord>(null, reader))) {
      stream.forEach(records::add);
    }
    return records;
  }

  /** The records as the Avro library resolves them. */
  private static List<GenericRecord> withDefaults() throws IOException {
    List<GenericRecord> records = read(olderContainer(), LATER);
    assertThat(records).hasSize(RECORDS.size()).allMatch(r -> r.get("v").equals(2));
    return records;
  }

  private static List<GenericRecord> decoded(byte[] bytes, int count) throws IOException {
    var reader = new GenericDatumReader<GenericRecord>(LATER);
    var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
    List<GenericRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(reader.read(null, decoder));
    }
    assertThat(decoder.isEnd()).isTrue();
    return records;
  }
}
