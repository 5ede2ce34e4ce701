// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.TracedRecord;
import java.io.IOException;
import java.io.OutputStream;

/** Rows as JSON lines. */
final class JsonLinesWriter implements RowWriter {
  private final JsonGenerator json;
  private boolean begun;

  JsonLinesWriter(OutputStream out) throws IOException {
    json = RowJson.lines(out);
  }

  @Override
  public void write(Series series) throws IOException {
    begun = true;
    RowJson.write(json, series);
  }

  @Override
  public void write(TracedRecord record) throws IOException {
    begun = true;
    RowJson.write(json, record);
  }

  @Override
  public void write(CapturedDelivery delivery) throws IOException {
    begun = true;
    RowJson.write(json, delivery);
  }

  @Override
  public void close() throws IOException {
    try (json) {
      if (begun) {
        json.writeRaw('\n');
      }
    }
  }
}
