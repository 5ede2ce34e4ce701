// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.message.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What is reported about topics that wait. Its caller must hold the lock of the queues. */
public final class TopicQueueReport {
  private TopicQueueReport() {}

  /** Topics that have failed for at least this long, and why, by name. */
  static Map<String, String> failingFor(
      Collection<TopicQueue> queues, long leastNanos, long nowNanos) {
    Map<String, String> failing = new TreeMap<>();
    for (TopicQueue queue : queues) {
      if (queue.isFailing() && nowNanos - queue.failingSinceNanos() >= leastNanos) {
        failing.put(queue.topic(), queue.lastError());
      }
    }
    return failing;
  }

  /** A few topics whose messages wait, those that are with the client for longest first. */
  static List<String> longestWaiting(
      Collection<TopicQueue> queues, Collection<SendAttempt> onTheirWay, int most) {
    List<String> topics =
        onTheirWay.stream()
            .sorted(Comparator.comparingLong(SendAttempt::sinceNanos))
            .map(attempt -> attempt.queue().topic())
            .distinct()
            .limit(most)
            .toList();
    return topics.isEmpty() ? queues.stream().map(TopicQueue::topic).limit(most).toList() : topics;
  }

  /**
   * The topics that Kafka does not take messages of, by name.
   *
   * @param all whether that is so for every topic, as in an outage
   * @param error used for a topic of which none is known
   */
  static List<WaitingTopic> waiting(
      Collection<TopicQueue> queues,
      Collection<SendAttempt> onTheirWay,
      boolean all,
      String error) {
    Map<String, WaitingTopic> topics = new TreeMap<>();
    for (TopicQueue queue : queues) {
      if (all || queue.isFailing() || queue.isSlow()) {
        topics.put(queue.topic(), queue.waiting(error));
      }
    }
    for (SendAttempt attempt : onTheirWay) {
      Message message = attempt.message();
      topics.computeIfPresent(
          message.topic(), (_, topic) -> topic.plus(message.records(), message.bytes()));
    }
    return topics.values().stream().filter(topic -> topic.messages() > 0).toList();
  }

  /** The topics of messages, in their order. */
  public static List<WaitingTopic> of(List<Message> messages, Function<String, String> errorOf) {
    Map<String, WaitingTopic> topics = new LinkedHashMap<>();
    for (Message message : messages) {
      topics.compute(
          message.topic(),
          (name, topic) ->
              (topic == null ? new WaitingTopic(name, 0, 0, 0, errorOf.apply(name)) : topic)
                  .plus(message.records(), message.bytes()));
    }
    return new ArrayList<>(topics.values());
  }
}
