// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Since when messages have been handed to the client and none was acknowledged. Topics that failed
 * while others were acknowledged do not count: their trouble is their own, and the state of Kafka
 * would change with every acknowledgement of the others. Not thread-safe: guarded by the monitor of
 * the {@link TopicQueues} that owns it, which is also the lock of the queues given to it.
 */
final class AcknowledgementGap {
  /** How many refused topics are remembered; messages of further ones count. */
  private static final int MAX_REFUSED = 500;

  // Topics that Kafka refused since the last acknowledgement, and those it refused before.
  private final Set<String> refused = new HashSet<>();
  private final Set<String> refusedBefore = new HashSet<>();
  private boolean open;
  private long sinceNanos;
  private boolean acknowledged;
  private long acknowledgedNanos;

  /** A message of a topic is handed to the client. */
  void handed(TopicQueue queue, long nowNanos) {
    if (!open && !isOwnTrouble(queue)) {
      open = true;
      sinceNanos = nowNanos;
    }
  }

  /** The client still has a message, which it was handed before others were acknowledged. */
  void unanswered(SendAttempt attempt) {
    TopicQueue queue = attempt.queue();
    if (!open && acknowledged && !queue.isSlow() && !isOwnTrouble(queue)) {
      open = true;
      sinceNanos =
          attempt.sinceNanos() - acknowledgedNanos > 0 ? attempt.sinceNanos() : acknowledgedNanos;
    }
  }

  private boolean isOwnTrouble(TopicQueue queue) {
    boolean failedBefore =
        acknowledged && queue.isFailing() && queue.failingSinceNanos() - acknowledgedNanos <= 0;
    return failedBefore || refusedBefore.contains(queue.topic());
  }

  /** Kafka has taken a message of the topic. */
  void acknowledged(String topic, long nowNanos) {
    open = false;
    acknowledged = true;
    acknowledgedNanos = nowNanos;
    if (!refused.isEmpty()) {
      refused.stream().limit(MAX_REFUSED - refusedBefore.size()).forEach(refusedBefore::add);
      refused.clear();
    }
    refusedBefore.remove(topic);
  }

  /** Kafka refuses the topic, or a message of it. */
  void refused(String topic) {
    if (refused.size() < MAX_REFUSED) {
      refused.add(topic);
    }
  }

  /** Empty if nothing was handed over since the last acknowledgement. */
  OptionalLong sinceNanos() {
    return open ? OptionalLong.of(sinceNanos) : OptionalLong.empty();
  }
}
