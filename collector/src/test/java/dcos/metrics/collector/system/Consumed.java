// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.system;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What a plain consumer and the Avro library read back from topics of {@link Load}: nothing of ours
 * takes part.
 */
final class Consumed {
  private final BitSet numbers = new BitSet();
  private int records;
  private int messages;

  private Consumed() {}

  /**
   * Reads the Kafka topic from its beginning to its end; each record must be what was sent, and the
   * agent's tag.
   */
  static Consumed all(String bootstrap, String kafkaTopic, String topic) throws IOException {
    Consumed consumed = new Consumed();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                8 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      Set<TopicPartition> partitions =
          consumer.partitionsFor(kafkaTopic).stream()
              .map(partition -> new TopicPartition(kafkaTopic, partition.partition()))
              .collect(Collectors.toSet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (var message : consumer.poll(Duration.ofMillis(200))) {
          consumed.message(message.value(), topic);
        }
      }
    }
    return consumed;
  }

  /** Every record of these numbers came at least once. */
  void assertHasAll(int from, int to) {
    int missing = numbers.nextClearBit(from);
    assertThat(missing).as("the first record that is missing").isGreaterThanOrEqualTo(to);
  }

  /** How many records came, those that came twice counted twice. */
  int records() {
    return records;
  }

  int messages() {
    return messages;
  }

  /** How many different records came. */
  int distinct() {
    return numbers.cardinality();
  }

  private void message(byte[] container, String topic) throws IOException {
    messages++;
    try (var reader =
        new DataFileReader<>(
            new SeekableByteArrayInput(container), new SpecificDatumReader<>(MetricList.class))) {
      for (MetricList record : reader) {
        records++;
        record(record, topic);
      }
    }
  }

  private void record(MetricList record, String topic) {
    List<Tag> tags = record.getTags();
    int number = Integer.parseInt(tags.getFirst().getValue());
    MetricList sent = Load.record(topic, number);
    boolean same =
        record.getTopic().equals(topic)
            && record.getDatapoints().equals(sent.getDatapoints())
            && tags.subList(0, sent.getTags().size()).equals(sent.getTags())
            && tags.subList(sent.getTags().size(), tags.size())
                .equals(List.of(new Tag("agent_id", "UNKNOWN_AGENT_STATE")));
    assertThat(same).as("record %s is %s with the agent's tag", record, sent).isTrue();
    numbers.set(number);
  }
}
