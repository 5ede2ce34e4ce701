// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.consumer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.MetricListJson;
import java.io.IOException;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns Kafka messages into lines of JSON, one a record: a message is a complete Avro object
 * container file, header included, so Avro's own reader is all it takes. Not thread-safe.
 */
final class JsonLines {
  private static final JsonFactory JSON = new JsonFactory();

  static {
    // Avro makes objects of no class that it was not told to trust.
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(),
            ClassSecurityValidator.builder()
                .add(MetricList.class)
                .add(Tag.class)
                .add(Datapoint.class)
                .build()));
  }

  private final Consumer<String> lines;
  private final Consumer<String> complaints;

  /**
   * @param lines gets one line a record
   * @param complaints gets one line a message that is no container
   */
  JsonLines(Consumer<String> lines, Consumer<String> complaints) {
    this.lines = lines;
    this.complaints = complaints;
  }

  /** Says every record of a message; where the message breaks off, what was before. */
  void print(ConsumerRecord<byte[], byte[]> message) {
    try {
      if (message.value() == null) {
        throw new IOException("it is empty");
      }
      try (var records =
          new DataFileReader<>(
              new SeekableByteArrayInput(message.value()),
              new SpecificDatumReader<>(MetricList.class))) {
        for (MetricList record : records) {
          lines.accept(line(message, record));
        }
      }
    } catch (IOException
        | RuntimeException e) { // Avro throws many kinds at bytes that are not Avro.
      complaints.accept(
          "topic %s partition %d offset %d is no container of metrics: %s"
              .formatted(message.topic(), message.partition(), message.offset(), e.getMessage()));
    }
  }

  private static String line(ConsumerRecord<byte[], byte[]> message, MetricList record)
      throws IOException {
    var text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("kafka_topic", message.topic());
      json.writeNumberField("partition", message.partition());
      json.writeNumberField("offset", message.offset());
      MetricListJson.writeFields(json, record);
      json.writeEndObject();
    }
    return text.toString();
  }
}
