// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.testing;

import dcos.metrics.MetricList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificDatumWriter;

/** The reference that we are compared with. */
public final class AvroReference {
  private AvroReference() {}

  /** Writes blocks of about so many bytes. */
  public static byte[] write(List<MetricList> records, String codec, int blockBytes)
      throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new SpecificDatumWriter<>(MetricList.class))) {
      writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(blockBytes);
      writer.create(MetricList.getClassSchema(), out);
      for (MetricList metrics : records) {
        writer.append(metrics);
      }
    }
    return out.toByteArray();
  }

  /** Each record as JSON, in which generic records and ours look alike. */
  public static List<String> read(byte[] container) throws IOException {
    List<String> records = new ArrayList<>();
    try (var reader =
        new DataFileStream<>(
            new ByteArrayInputStream(container), new GenericDatumReader<GenericRecord>())) {
      reader.forEach(metrics -> records.add(metrics.toString()));
    }
    return records;
  }
}
