// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** The schema of recordings. */
final class RecordingSchema {
  private static final String RESOURCE = "/dcos/metrics/recording.avsc";

  // So that every tag of a union and an enum is written down once. In the schema's order.
  static final int SNAPSHOT = 0;
  static final int SOURCE_OPENED = 1;
  static final int HEADER_SEEN = 2;
  static final int SOURCE_CLOSED = 3;
  static final int BLOCK_RECEIVED = 4;
  static final int RECORDS_SORTED = 5;
  static final int AGENT_ASKED = 6;
  static final int AGENT_LEARNED = 7;
  static final int MESSAGE_MADE = 8;
  static final int MESSAGE_SETTLED = 9;
  static final int KAFKA_CHANGED = 10;
  static final int SKIPPED = 11;
  static final int EVENTS = 12;

  static final int DELIVERED = 0;
  static final int DRY_RUN = 1;
  static final int THROTTLED = 2;
  static final int UNDELIVERABLE = 3;
  static final int OUTCOMES = 4;

  private RecordingSchema() {}

  /** With its documentation, for whoever opens a recording with another tool. */
  static String text() {
    return Text.TEXT;
  }

  /** Whether what was written with this schema is encoded as ours is. */
  static boolean isOurs(String schema) {
    return schema.equals(text()) || canonical(schema).equals(canonical(text()));
  }

  private static String canonical(String schema) {
    try {
      return SchemaNormalization.toParsingForm(new Schema.Parser().parse(schema));
    } catch (AvroRuntimeException _) {
      return "none";
    }
  }

  private static final class Text {
    private static final String TEXT = read();

    private static String read() {
      try (InputStream in = RecordingSchema.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException(RESOURCE + " is missing on the class path");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
