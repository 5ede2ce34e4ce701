// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a plain consumer finds in a Kafka topic: by partition@offset, each message's bytes. Nothing
 * of ours takes part.
 */
public record ReadBack(SequencedMap<String, byte[]> messages) {
  /** Reads the topic from its beginning to where its end is now. */
  public static ReadBack of(String bootstrap, String topic) {
    SequencedMap<String, byte[]> messages = new TreeMap<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      Set<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .collect(Collectors.toSet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (var message : consumer.poll(Duration.ofMillis(100))) {
          messages.put(message.partition() + "@" + message.offset(), message.value());
        }
      }
    }
    return new ReadBack(messages);
  }

  /** The records of a message. */
  public List<MetricList> records(String place) throws IOException {
    byte[] bytes = messages.get(place);
    if (bytes == null) {
      throw new AssertionError("no message at " + place + ", there are " + messages.keySet());
    }
    return records(bytes);
  }

  /** The numbers of all records of a {@link NumberedSender}, in no order. */
  public List<Integer> numbers() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (byte[] message : messages.values()) {
      records(message).forEach(record -> numbers.add(number(record)));
    }
    return numbers;
  }

  /** Which of a sender's records it is. */
  public static int number(MetricList record) {
    return record.getTags().stream()
        .filter(tag -> tag.getKey().equals("n"))
        .map(Tag::getValue)
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElseThrow();
  }

  private static List<MetricList> records(byte[] container) throws IOException {
    try (var reader =
        new DataFileReader<>(
            new SeekableByteArrayInput(container), new SpecificDatumReader<>(MetricList.class))) {
      List<MetricList> records = new ArrayList<>();
      reader.forEach(records::add);
      return records;
    }
  }
}
