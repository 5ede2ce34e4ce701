// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/** A container of records that are told apart by their tag: what a sender sends, or a file has. */
public final class MadeContainer {
  private MadeContainer() {}

  /** Blocks of 100 records of one datapoint; a millisecond from one to the next. */
  public static byte[] of(int records, long fromMs) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<MetricList>(new SpecificDatumWriter<>(MetricList.class))) {
      writer.create(MetricList.getClassSchema(), bytes);
      for (int i = 0; i < records; i++) {
        writer.append(
            new MetricList(
                "web",
                List.of(new Tag("n", Integer.toString(i))),
                List.of(new Datapoint("cpu", fromMs + i, i / 2.0))));
        if (i % 100 == 99) {
          writer.sync();
        }
      }
    }
    return bytes.toByteArray();
  }
}
