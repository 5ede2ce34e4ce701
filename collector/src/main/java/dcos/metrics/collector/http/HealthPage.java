// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/**
 * {@code /health}: 200 while the process can work, else 503. While Kafka acknowledges no messages
 * it is still 200: a supervisor must not kill a collector that holds records.
 */
final class HealthPage implements Page {
  private final Supplier<Health> source;

  HealthPage(Supplier<Health> source) {
    this.source = source;
  }

  @Override
  public PageAnswer answer(String authorization) {
    return new HealthAnswer(source.get());
  }

  private record HealthAnswer(Health health) implements PageAnswer {
    @Override
    public int status() {
      return health.failure().isEmpty() ? 200 : 503;
    }

    @Override
    public String contentType() {
      return JsonOutput.CONTENT_TYPE;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      JsonOutput.write(out, this::write);
    }

    private void write(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("status", health.status());
      if (health.reason().isPresent()) {
        json.writeStringField("reason", health.reason().get());
      }
      json.writeObjectFieldStart("kafka");
      json.writeStringField("state", health.delivery().state().code());
      json.writeStringField("since", health.delivery().since().toString());
      if (health.delivery().outageError().isPresent()) {
        json.writeStringField("last_error", health.delivery().outageError().get());
      }
      json.writeEndObject();
      json.writeObjectFieldStart("agent");
      json.writeBooleanField("polled", health.agentPolled());
      // Null until it has answered once.
      json.writeFieldName("answered");
      json.writeString(health.agentAnswered().map(Object::toString).orElse(null));
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
