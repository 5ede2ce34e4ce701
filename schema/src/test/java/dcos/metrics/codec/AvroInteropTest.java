// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroInteropTest {
  private static final ContainerLimits LIMITS = new ContainerLimits(64 << 10, 4 << 20);

  @Test
  void theConstantIsTheCanonicalFormOfTheSchemaFile() {
    assertThat(OwnSchema.TEXT)
        .isEqualTo(SchemaNormalization.toParsingForm(MetricList.getClassSchema()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
  void whatTheAvroLibraryWritesIsReadByOurs(String codec) throws IOException {
    List<MetricList> records = records(500);
    assertThat(readAll(writtenByAvro(records, codec))).isEqualTo(records);
  }

  @Test
  void whatWeWriteIsReadByTheAvroLibrary() throws IOException {
    List<MetricList> records = records(500);
    RecordBlock block = MetricLists.encode(records);
    var writer = new ContainerWriter();

    writer.append(block.bytes(), block.offset(), block.length(), block.records());

    assertThat(readByAvro(writer.finish())).isEqualTo(records);
  }

  private static List<MetricList> records(int count) {
    List<MetricList> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(
          new MetricList(
              "topic-" + i % 7,
              List.of(new Tag("host", "node-" + i), new Tag("ü", "")),
              List.of(new Datapoint("a.b", 1_700_000_000_000L + i, i / 3.0))));
    }
    return records;
  }

  private static byte[] writtenByAvro(List<MetricList> records, String codec) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new SpecificDatumWriter<>(MetricList.class))) {
      writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(4096);
      writer.create(MetricList.getClassSchema(), out);
      for (MetricList metrics : records) {
        writer.append(metrics);
      }
    }
    return out.toByteArray();
  }

  private static List<MetricList> readByAvro(byte[] container) throws IOException {
    List<MetricList> records = new ArrayList<>();
    try (var reader =
        new DataFileStream<>(
            new ByteArrayInputStream(container), new SpecificDatumReader<>(MetricList.class))) {
      reader.forEach(records::add);
    }
    return records;
  }

  private static List<MetricList> readAll(byte[] container) throws IOException {
    List<MetricList> records = new ArrayList<>();
    try (var reader = new ContainerReader(new ByteArrayInputStream(container), LIMITS)) {
      reader.readHeader();
      for (BlockFrame frame = reader.nextFrame(); frame != null; frame = reader.nextFrame()) {
        records.addAll(MetricLists.decode(reader.readBlock(frame)));
      }
    }
    return records;
  }
}
