// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import dcos.metrics.collector.delivery.WaitingTopic;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;

/**
 * Logs what a stop leaves undelivered: the topics with the most records by name, and how many more
 * there are.
 */
public final class UndeliveredLog {
  static final int MAX_NAMED = 20;

  private UndeliveredLog() {}

  /** Logs these topics; nothing if there are none. */
  public static void log(Logger logger, List<WaitingTopic> topics) {
    if (topics.isEmpty()) {
      return;
    }
    logger
        .atWarn()
        .addKeyValue("topics", topics.size())
        .addKeyValue("messages", messages(topics))
        .addKeyValue("records", records(topics))
        .log("stopping before Kafka has taken all messages; their records are undeliverable");
    List<WaitingTopic> sorted =
        topics.stream()
            .sorted(
                Comparator.comparingLong(WaitingTopic::records)
                    .reversed()
                    .thenComparing(WaitingTopic::topic))
            .toList();
    // These explain the line above. As warnings, they would use up what a minute may have of them.
    for (WaitingTopic topic : sorted.subList(0, Math.min(MAX_NAMED, sorted.size()))) {
      logger
          .atInfo()
          .addKeyValue("topic", topic.topic())
          .addKeyValue("messages", topic.messages())
          .addKeyValue("records", topic.records())
          .addKeyValue("bytes", topic.bytes())
          .addKeyValue("error", topic.error())
          .log("undeliverable records of a topic");
    }
    if (sorted.size() > MAX_NAMED) {
      List<WaitingTopic> rest = sorted.subList(MAX_NAMED, sorted.size());
      logger
          .atInfo()
          .addKeyValue("topics", rest.size())
          .addKeyValue("messages", messages(rest))
          .addKeyValue("records", records(rest))
          .log("undeliverable records of further topics");
    }
  }

  private static long messages(List<WaitingTopic> topics) {
    return topics.stream().mapToLong(WaitingTopic::messages).sum();
  }

  private static long records(List<WaitingTopic> topics) {
    return topics.stream().mapToLong(WaitingTopic::records).sum();
  }
}
