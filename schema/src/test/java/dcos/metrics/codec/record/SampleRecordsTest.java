// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

class SampleRecordsTest {
  @Test
  void hasThreeRecordsOfTwoServices() throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    try (InputStream json = Files.newInputStream(Path.of("sample.json"))) {
      Schema schema = MetricList.getClassSchema();
      Decoder decoder = DecoderFactory.get().jsonDecoder(schema, json);
      var reader = new GenericDatumReader<GenericRecord>(schema);
      while (true) {
        records.add(reader.read(null, decoder));
      }
    } catch (EOFException _) {
      // all read: the decoder has no other way to say so
    }
    assertThat(records).hasSize(3);
    assertThat(records.stream().map(metrics -> metrics.get("topic").toString()).distinct())
        .hasSize(2);
  }
}
