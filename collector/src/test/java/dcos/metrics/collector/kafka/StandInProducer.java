// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The client's own stand-in, told per topic what its metadata is; gives back on close what it has.
 */
public final class StandInProducer extends MockProducer<byte[], byte[]> {
  private static final MetricName RESPONSES =
      new MetricName("response-total", "producer-metrics", "", Map.of());
  private static final Node NODE = new Node(1, "127.0.0.1", 9092);

  private final Map<String, RuntimeException> errors = new ConcurrentHashMap<>();
  private final Map<String, Node> leaders = new ConcurrentHashMap<>();
  private final Map<String, Runnable> beforeErrors = new ConcurrentHashMap<>();
  private final Map<String, Boolean> leaderless = new ConcurrentHashMap<>();

  private final AtomicLong answers = new AtomicLong();

  public StandInProducer(boolean answersAtOnce) {
    super(answersAtOnce, null, new ByteArraySerializer(), new ByteArraySerializer());
    setMockMetrics(RESPONSES, new Responses(answers));
  }

  private record Responses(AtomicLong count) implements Metric {
    @Override
    public MetricName metricName() {
      return RESPONSES;
    }

    @Override
    public Object metricValue() {
      return count.doubleValue();
    }
  }

  /** A broker answers a request that is not about messages. */
  void answer() {
    answers.incrementAndGet();
  }

  public void metadataFails(String topic, RuntimeException error) {
    errors.put(topic, error);
  }

  /** As above, after something else has happened. */
  public void metadataFails(String topic, RuntimeException error, Runnable before) {
    metadataFails(topic, error);
    beforeErrors.put(topic, before);
  }

  public void leaderless(String topic) {
    leaderless.put(topic, true);
  }

  public void leader(String topic, Node leader) {
    leaders.put(topic, leader);
  }

  void metadataIsFine(String topic) {
    errors.remove(topic);
    leaderless.remove(topic);
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    RuntimeException error = errors.get(topic);
    if (error != null) {
      beforeErrors.getOrDefault(topic, () -> {}).run();
      throw error;
    }
    @Nullable Node leader =
        leaderless.containsKey(topic) ? null : leaders.getOrDefault(topic, NODE);
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
