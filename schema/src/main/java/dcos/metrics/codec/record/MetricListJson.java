// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import java.io.IOException;

/**
 * Records as JSON, with the names of the schema. NaN and the infinities become strings, since JSON
 * has no number for them. Thread-safe.
 */
public final class MetricListJson {
  private MetricListJson() {}

  /** Writes the fields of a record into the object that the generator has begun. */
  public static void writeFields(JsonGenerator json, MetricList record) throws IOException {
    json.writeStringField("topic", record.getTopic());
    json.writeArrayFieldStart("tags");
    for (Tag tag : record.getTags()) {
      json.writeStartObject();
      json.writeStringField("key", tag.getKey());
      json.writeStringField("value", tag.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("datapoints");
    for (Datapoint datapoint : record.getDatapoints()) {
      json.writeStartObject();
      json.writeStringField("name", datapoint.getName());
      json.writeNumberField("time_ms", datapoint.getTimeMs());
      // Jackson quotes what is no JSON number, unless told otherwise.
      json.writeNumberField("value", datapoint.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
