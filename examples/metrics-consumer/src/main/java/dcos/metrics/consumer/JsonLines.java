// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.consumer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dcos.metrics.MetricList;
import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.MetricListJson;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.RecordFacts;
import dcos.metrics.collector.filter.RecordSubject;
import dcos.metrics.collector.outcome.Receipt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns Kafka messages into lines of JSON, one a record: a message is a complete Avro object
 * container file, header included. Avro's own DataFileReader reads it as well, but takes one that
 * was cut for a whole one. Not thread-safe.
 */
final class JsonLines {
  // What a message may hold; no broker takes messages of this size.
  private static final ContainerLimits LIMITS = new ContainerLimits(1 << 20, 1 << 26);
  private static final JsonFactory JSON = new JsonFactory();

  private final Filter filter;
  private final Consumer<String> lines;
  private final Consumer<String> complaints;

  /**
   * @param filter of the records
   * @param lines gets one line per record
   * @param complaints gets one line per message that is not a container
   */
  JsonLines(Filter filter, Consumer<String> lines, Consumer<String> complaints) {
    this.filter = filter;
    this.lines = lines;
    this.complaints = complaints;
  }

  /** Prints the records of a message; where the message breaks off, those of the blocks before. */
  void print(ConsumerRecord<byte[], byte[]> message) {
    try {
      if (message.value() == null) {
        throw new IOException("it is empty");
      }
      try (var container = new ContainerReader(new ByteArrayInputStream(message.value()), LIMITS)) {
        for (RecordBlock block = container.nextBlock();
            block != null;
            block = container.nextBlock()) {
          print(message, block);
        }
      }
    } catch (IOException e) {
      complaints.accept(
          "topic %s partition %d offset %d is no container of metrics: %s"
              .formatted(message.topic(), message.partition(), message.offset(), e.getMessage()));
    }
  }

  private void print(ConsumerRecord<byte[], byte[]> message, RecordBlock block) throws IOException {
    var receipt = new Receipt(message.partition(), message.offset());
    RecordCursor cursor = block.cursor();
    var subject =
        new RecordSubject(
            block.bytes(),
            cursor,
            RecordFacts.ofKafka(message.topic(), receipt, message.timestamp()));
    for (MetricList record : MetricListCodec.decode(block)) {
      boolean _ = cursor.next();
      if (filter.matches(subject)) {
        lines.accept(line(message, record));
      }
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
