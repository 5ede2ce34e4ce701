// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.testing;

import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** What a sender writes, made by the Avro library. */
public final class Streams {
  /** Every codec that the collector supports. */
  public static final List<CodecFactory> CODECS =
      List.of(
          CodecFactory.nullCodec(),
          CodecFactory.deflateCodec(6),
          CodecFactory.snappyCodec(),
          CodecFactory.zstandardCodec(3));

  private Streams() {}

  /** A whole container with the records in one block. */
  public static byte[] container(List<MetricList> records) {
    return container(records, CodecFactory.nullCodec(), records.size());
  }

  /** A whole container; each block but the last has this many records. */
  public static byte[] container(
      List<MetricList> records, CodecFactory codec, int recordsPerBlock) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new SpecificDatumWriter<>(MetricList.class))) {
      writer.setCodec(codec);
      // Only sync() ends a block. The library allocates the whole interval at once, so it is not
      // larger than needed.
      writer.setSyncInterval(1024 + MetricListCodec.encode(records).length());
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
