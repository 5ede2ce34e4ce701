// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.jspecify.annotations.Nullable;

/**
 * One producer, from its making until it is replaced. Its errors are those of the producer.
 * Thread-safe.
 *
 * <p>Its monitor guards how many threads use it and whether it is leaving; no other lock is taken
 * and the producer is not called under it.
 */
public final class ProducerSession {
  /**
   * A producer never forgets a topic that it sent to: it keeps about 8 KB for each, most of it
   * metrics that nobody reads, and looks at all of them whenever it has something to do. So it is
   * replaced once it has seen this many.
   */
  public static final int MAX_TOPICS = 500;

  private final Producer<byte[], byte[]> producer;
  private final String brokers;
  private final long silentSinceNanos;
  private final @Nullable Metric responses;
  // Topics that it sent to, by their names as Kafka compares them.
  private final Map<String, String> topics = new ConcurrentHashMap<>();
  private final AtomicBoolean flushing = new AtomicBoolean();

  // Both guarded by this.
  private int users;
  private boolean leaving;

  /**
   * @param silentSinceNanos when the last answer came, or its making
   */
  ProducerSession(Producer<byte[], byte[]> producer, String brokers, long silentSinceNanos) {
    this.producer = producer;
    this.brokers = brokers;
    this.silentSinceNanos = silentSinceNanos;
    this.responses = responses(producer);
  }

  /** Every answer of any broker to anything that this client asked. */
  private static @Nullable Metric responses(Producer<byte[], byte[]> producer) {
    for (var entry : producer.metrics().entrySet()) {
      if (entry.getKey().name().equals("response-total")
          && entry.getKey().group().equals("producer-metrics")) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** The brokers it was created with, comma separated. */
  public String brokers() {
    return brokers;
  }

  /** When the last answer came before this client was created, or else its creation. */
  long silentSinceNanos() {
    return silentSinceNanos;
  }

  /** How many answers came so far, of any kind. */
  public long answers() {
    return responses != null && responses.metricValue() instanceof Double count
        ? count.longValue()
        : 0;
  }

  /** Whether some partition of the topic can be written; waits for what is not known yet. */
  public boolean hasLeader(String topic) {
    return !leaders(topic).isEmpty();
  }

  /** The leaders of the topic's partitions; waits for what is not known yet. */
  List<Node> leaders(String topic) {
    return producer.partitionsFor(topic).stream()
        .map(PartitionInfo::leader)
        .filter(leader -> leader != null && !leader.isEmpty())
        .distinct()
        .toList();
  }

  /**
   * Hands a message to the producer; blocks while its buffer is full or the topic is not known yet.
   *
   * @param callback called once with the answer, by this thread or the producer's
   */
  public void send(String topic, byte[] value, Callback callback) {
    topics.putIfAbsent(comparable(topic), topic);
    // The callback is told the same, and more.
    var _ = producer.send(new ProducerRecord<>(topic, value), callback);
  }

  /**
   * Another topic that this client has sent to and whose name differs by a dot for an underscore
   * only: Kafka does not create both.
   */
  public Optional<String> collidingTopic(String topic) {
    return Optional.ofNullable(topics.get(comparable(topic))).filter(other -> !other.equals(topic));
  }

  private static String comparable(String topic) {
    return topic.replace('.', '_');
  }

  /** Whether it has sent to so many topics that it should be replaced. */
  boolean isWorn() {
    return topics.size() >= MAX_TOPICS;
  }

  /** Sends lingering messages now. Returns at once: the producer's flush waits for all answers. */
  public void endLinger() {
    if (flushing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("kafka-flush").start(this::flush);
    }
  }

  private void flush() {
    try {
      producer.flush();
    } catch (KafkaException | IllegalStateException _) {
      // It was closed meanwhile: nothing lingers any more.
    } finally {
      flushing.set(false);
    }
  }

  /**
   * Keeps the client open until {@link #leave}, for at most as long as its retirement takes.
   *
   * @return false if the client is being closed and must not be used
   */
  public synchronized boolean enter() {
    if (leaving) {
      return false;
    }
    users++;
    return true;
  }

  /** Ends the use that {@link #enter} began. */
  public synchronized void leave() {
    users--;
    notifyAll();
  }

  /** Lets nobody in any more, and waits until those who are in are done, for so long. */
  private synchronized void awaitLast(Duration timeout) throws InterruptedException {
    leaving = true;
    long end = System.nanoTime() + timeout.toNanos();
    for (long left = timeout.toNanos(); users > 0 && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Closes it once those who use it are done and all is answered, or when the time is up. */
  void retire(Duration timeout) {
    try {
      awaitLast(timeout);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    close(timeout);
  }

  /** Closes it at once: messages in flight fail, which their callbacks are told. */
  void abort() {
    close(Duration.ZERO);
  }

  private void close(Duration timeout) {
    try {
      producer.close(timeout);
    } catch (KafkaException | IllegalStateException _) {
      // Whatever it was, its threads have ended or will; the next producer does not depend on it.
    }
  }
}
