// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.consumer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads every partition of the topics whose names are wanted, and of those that appear later. It is
 * no member of a consumer group: every reader gets everything, and leaves nothing behind. A topic
 * that appears while it reads is read from its beginning, so that its first message is not missed.
 */
final class TopicReader implements AutoCloseable {
  private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String brokers;
  private final Predicate<String> wanted;
  private final boolean fromBeginning;
  private final Consumer<ConsumerRecord<byte[], byte[]>> messages;
  private final Consumer<String> notices;
  private final KafkaConsumer<byte[], byte[]> client;
  private final CountDownLatch stopped = new CountDownLatch(1);

  // The rest belongs to the thread that runs.
  private final Set<TopicPartition> assigned = new HashSet<>();
  private boolean looked;
  private boolean saidAway;

  /**
   * Asks nothing of Kafka yet.
   *
   * @param brokers host:port, comma separated
   * @param wanted which topics' names
   * @param fromBeginning false reads what comes from now on
   * @param notices gets one line when Kafka is away and one when it is back
   */
  TopicReader(
      String brokers,
      Predicate<String> wanted,
      boolean fromBeginning,
      Consumer<ConsumerRecord<byte[], byte[]>> messages,
      Consumer<String> notices) {
    this.brokers = brokers;
    this.wanted = wanted;
    this.fromBeginning = fromBeginning;
    this.messages = messages;
    this.notices = notices;
    this.client =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", brokers,
                "allow.auto.create.topics", "false",
                "auto.offset.reset", "earliest",
                "default.api.timeout.ms", "5000",
                "request.timeout.ms", "4000"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * Reads until {@link #stop}.
   *
   * @param goOn asked after every handful of messages; false ends it, too
   */
  void run(BooleanSupplier goOn) throws InterruptedException {
    long nextLook = System.nanoTime();
    try {
      while (stopped.getCount() > 0 && goOn.getAsBoolean()) {
        if (System.nanoTime() - nextLook >= 0) {
          lookForTopics();
          nextLook = System.nanoTime() + LOOK_FOR_TOPICS.toNanos();
        }
        if (assigned.isEmpty()) {
          stopped.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } else {
          client.poll(POLL).forEach(messages);
        }
      }
    } catch (WakeupException e) {
      if (stopped.getCount() > 0) {
        throw e;
      }
    }
  }

  /** Ends {@link #run}, from any thread. */
  void stop() {
    stopped.countDown();
    client.wakeup();
  }

  /** Lets go of Kafka; only when nobody runs it any more. */
  @Override
  public void close() {
    client.close();
  }

  private void lookForTopics() {
    Map<String, List<PartitionInfo>> topics;
    try {
      topics = client.listTopics();
    } catch (RetriableException e) {
      if (!saidAway) {
        saidAway = true;
        notices.accept("Kafka does not answer at " + brokers + ", trying until it does");
      }
      return;
    }
    if (saidAway) {
      saidAway = false;
      notices.accept("Kafka answers at " + brokers);
    }
    List<TopicPartition> found = new ArrayList<>();
    topics.forEach(
        (topic, partitions) -> {
          if (wanted.test(topic)) {
            for (PartitionInfo partition : partitions) {
              found.add(new TopicPartition(topic, partition.partition()));
            }
          }
        });
    found.removeAll(assigned);
    if (!found.isEmpty()) {
      assigned.addAll(found);
      client.assign(assigned);
      if (looked || fromBeginning) {
        client.seekToBeginning(found);
      } else {
        client.seekToEnd(found);
      }
    }
    looked = true;
  }
}
