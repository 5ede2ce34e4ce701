// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.testing;

import dcos.metrics.MetricList;
import dcos.metrics.codec.MetricLists;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** What a sender writes, made by the Avro library. */
public final class Streams {
  private Streams() {}

  /** A whole container with the records in one block. */
  public static byte[] container(List<MetricList> records) {
    return container(records, CodecFactory.nullCodec(), records.size());
  }

  /** A whole container with so many records in each block. */
  public static byte[] container(
      List<MetricList> records, CodecFactory codec, int recordsPerBlock) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new SpecificDatumWriter<>(MetricList.class))) {
      writer.setCodec(codec);
      // Blocks end where we say. The library takes what it is told here at once, so no more than
      // that.
      writer.setSyncInterval(1024 + MetricLists.encode(records).length());
      writer.create(MetricList.getClassSchema(), bytes);
      int pending = 0;
      for (MetricList record : records) {
        writer.append(record);
        pending++;
        if (pending == recordsPerBlock) {
          writer.sync();
          pending = 0;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
