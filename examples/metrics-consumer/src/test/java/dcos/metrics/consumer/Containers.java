// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.consumer;

import dcos.metrics.MetricList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** Messages as the collector sends them, written by Avro. */
final class Containers {
  private Containers() {}

  static byte[] of(MetricList... records) throws IOException {
    return write(false, records);
  }

  /** Each record in a block of its own. */
  static byte[] ofBlocks(MetricList... records) throws IOException {
    return write(true, records);
  }

  private static byte[] write(boolean blocks, MetricList... records) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var container = new DataFileWriter<>(new SpecificDatumWriter<>(MetricList.class))) {
      container.create(MetricList.getClassSchema(), bytes);
      for (MetricList record : records) {
        container.append(record);
        if (blocks) {
          container.sync();
        }
      }
    }
    return bytes.toByteArray();
  }
}
