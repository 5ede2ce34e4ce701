// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The client's own stand-in, told per topic what its metadata is; gives back on close what it has.
 */
final class StandInProducer extends MockProducer<byte[], byte[]> {
  private static final Node NODE = new Node(1, "127.0.0.1", 9092);

  private final Map<String, RuntimeException> errors = new ConcurrentHashMap<>();
  private final Map<String, Boolean> leaderless = new ConcurrentHashMap<>();

  StandInProducer(boolean answersAtOnce) {
    super(answersAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void metadataFails(String topic, RuntimeException error) {
    errors.put(topic, error);
  }

  void leaderless(String topic) {
    leaderless.put(topic, true);
  }

  void metadataIsFine(String topic) {
    errors.remove(topic);
    leaderless.remove(topic);
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    RuntimeException error = errors.get(topic);
    if (error != null) {
      throw error;
    }
    @Nullable Node leader = leaderless.containsKey(topic) ? null : NODE;
    return List.of(new PartitionInfo(topic, 0, leader, new Node[] {NODE}, new Node[] {NODE}));
  }

  @Override
  public void flush() {
    // The real one ends the linger, and waits; this one answers when it is told to.
  }

  @Override
  public void close(Duration timeout) {
    super.close(timeout);
    while (errorNext(new KafkaException("Producer is closed forcefully."))) {
      // the next one
    }
  }
}
