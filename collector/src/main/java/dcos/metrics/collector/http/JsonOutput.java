// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;

/** Writes JSON while it is made. */
final class JsonOutput {
  static final String CONTENT_TYPE = "application/json";

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          // What could not be finished must not look finished.
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .build();

  private JsonOutput() {}

  /** Writes one document. */
  interface Document {
    void writeTo(JsonGenerator json) throws IOException;
  }

  static void write(OutputStream out, Document document) throws IOException {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      document.writeTo(json);
      // For who reads it in a terminal.
      json.writeRaw('\n');
    }
  }
}
