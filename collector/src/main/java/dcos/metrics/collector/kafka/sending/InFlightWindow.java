// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import dcos.metrics.collector.message.Message;

/**
 * The client's buffer as this side accounts for it, so that a send never waits for it. Messages of
 * ordinary size share it; of the others one at a time is on its way, in a place of its own. Not
 * thread-safe: guarded by the monitor of the {@link TopicQueues} that it was given to.
 */
public final class InFlightWindow {
  /** What the container's header and the record around it take. */
  private static final int CONTAINER_BYTES = 2048;

  /** Until the first message has shown how long tags are. */
  private static final int TAG_BYTES = 160;

  private final long bytes;
  private final long leastBytes;
  private final long overheadBytes;
  private long used;
  private long usedByFailing;
  private boolean largeUsed;
  private long tagBytes = TAG_BYTES;

  /**
   * Creates an empty window.
   *
   * @param bytes how many all messages of ordinary size share
   * @param leastBytes how many the smallest message uses
   * @param overheadBytes how many every message uses beside its own
   */
  public InFlightWindow(long bytes, long leastBytes, long overheadBytes) {
    this.bytes = bytes;
    this.leastBytes = leastBytes;
    this.overheadBytes = overheadBytes;
  }

  /** What the message will take, by what is known before it is encoded. */
  long cost(Message message) {
    long encoded = message.bytes() + message.records() * tagBytes + CONTAINER_BYTES;
    return Math.max(leastBytes, encoded) + overheadBytes;
  }

  /** A message was encoded: the next guess is as good. */
  void learn(Message message, int encodedBytes) {
    long growth = Math.max(0, encodedBytes - message.bytes() - CONTAINER_BYTES);
    tagBytes = growth / message.records() + 1;
  }

  /** What a message may do that wants to go. */
  enum WindowAnswer {
    TAKE,
    WAIT_FOR_OTHERS,
    WAIT_FOR_OWN
  }

  /**
   * Whether a message may go now.
   *
   * @param queueBytes what its topic has on its way already
   * @param failing whether its topic may stay unanswered: these share half, one message each
   */
  WindowAnswer ask(long cost, long queueBytes, boolean failing) {
    if (queueBytes > 0 && (failing || queueBytes + cost > bytes / 4)) {
      return WindowAnswer.WAIT_FOR_OWN;
    }
    if (isLarge(cost)) {
      return largeUsed ? WindowAnswer.WAIT_FOR_OTHERS : WindowAnswer.TAKE;
    }
    boolean fits = used + cost <= bytes && (!failing || usedByFailing + cost <= bytes / 2);
    return fits ? WindowAnswer.TAKE : WindowAnswer.WAIT_FOR_OTHERS;
  }

  boolean isLarge(long cost) {
    return cost > bytes / 2;
  }

  void take(long cost, boolean failing) {
    if (isLarge(cost)) {
      largeUsed = true;
      return;
    }
    used += cost;
    usedByFailing += failing ? cost : 0;
  }

  void give(long cost, boolean failing) {
    if (isLarge(cost)) {
      largeUsed = false;
      return;
    }
    used -= cost;
    usedByFailing -= failing ? cost : 0;
  }
}
