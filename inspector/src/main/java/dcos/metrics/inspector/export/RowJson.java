// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.MetricListJson;
import dcos.metrics.collector.playback.RecordJson;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.state.TracedRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Rows as JSON, an object on one line each: records as {@code collector cat} prints them, with what
 * became of them behind that. Fields that are not known are left out. Thread-safe.
 */
final class RowJson {
  private static final JsonFactory JSON = new JsonFactory();

  private RowJson() {}

  public static String text(Series series) {
    return text(json -> write(json, series));
  }

  public static String text(TracedRecord record) {
    return text(json -> write(json, record));
  }

  public static String text(CapturedDelivery delivery) {
    return text(json -> write(json, delivery));
  }

  private interface Row {
    void write(JsonGenerator json) throws IOException;
  }

  private static String text(Row row) {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      row.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes everything", e);
    }
    return text.toString();
  }

  /** A generator of lines, the last of which has no end. */
  static JsonGenerator lines(OutputStream out) throws IOException {
    return JSON.createGenerator(out).setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  static void write(JsonGenerator json, Series series) throws IOException {
    json.writeStartObject();
    json.writeStringField("topic", series.topic());
    json.writeStringField("name", series.name());
    json.writeArrayFieldStart("tags");
    for (Tag tag : series.tags()) {
      json.writeStartObject();
      json.writeStringField("key", tag.getKey());
      json.writeStringField("value", tag.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("last", series.last());
    json.writeNumberField("time_ms", series.lastTimeMs());
    json.writeNumberField("rate", series.rate());
    json.writeNumberField("datapoints", series.count());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, TracedRecord traced) throws IOException {
    CapturedRecord record = traced.record();
    json.writeStartObject();
    RecordJson.writeArrival(json, record.wallMs(), record.source(), traced.block(), traced.index());
    String verdict = record.state().decision();
    if (!verdict.isEmpty()) {
      RecordJson.writeVerdict(json, verdict, record.kafkaTopic());
    }
    if (record.problem().isEmpty()) {
      MetricListJson.writeFields(json, record.metrics());
    } else {
      json.writeStringField("problem", record.problem());
    }
    RecordJson.writeOutcome(json, record.state(), traced.message());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, CapturedDelivery delivery) throws IOException {
    json.writeStartObject();
    for (MessageField field : MessageField.ALL) {
      switch (field.value().apply(delivery)) {
        case null -> {}
        case Number number -> json.writeNumberField(field.key(), number.longValue());
        case String text when text.isEmpty() -> {}
        case Object text -> json.writeStringField(field.key(), text.toString());
      }
    }
    json.writeEndObject();
  }
}
