// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import dcos.metrics.collector.message.Message;

/**
 * The client's buffer as this side accounts for it, so that a send never waits for it. Messages of
 * ordinary size share it; of the others one at a time is on its way, in a place of its own. Not
 * thread-safe: guarded by the monitor of the {@link Lanes} that it was given to.
 */
final class Window {
  /** What the container's header and the record around it take. */
  private static final int CONTAINER_BYTES = 2048;

  /** Until the first message has shown how long tags are. */
  private static final int TAG_BYTES = 160;

  private final long bytes;
  private final long leastBytes;
  private final long overheadBytes;
  private long used;
  private long usedByTroubled;
  private boolean largeUsed;
  private long tagBytes = TAG_BYTES;

  /**
   * Creates an empty window.
   *
   * @param bytes how many all messages of ordinary size share
   * @param leastBytes how many the smallest message uses
   * @param overheadBytes how many every message uses beside its own
   */
  Window(long bytes, long leastBytes, long overheadBytes) {
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
  enum Answer {
    TAKE,
    WAIT_FOR_OTHERS,
    WAIT_FOR_OWN
  }

  /**
   * Whether a message may go now.
   *
   * @param laneBytes what its topic has on its way already
   * @param troubled whether its topic may stay unanswered: these share half, one message each
   */
  Answer ask(long cost, long laneBytes, boolean troubled) {
    if (laneBytes > 0 && (troubled || laneBytes + cost > bytes / 4)) {
      return Answer.WAIT_FOR_OWN;
    }
    if (isLarge(cost)) {
      return largeUsed ? Answer.WAIT_FOR_OTHERS : Answer.TAKE;
    }
    boolean fits = used + cost <= bytes && (!troubled || usedByTroubled + cost <= bytes / 2);
    return fits ? Answer.TAKE : Answer.WAIT_FOR_OTHERS;
  }

  boolean isLarge(long cost) {
    return cost > bytes / 2;
  }

  void take(long cost, boolean troubled) {
    if (isLarge(cost)) {
      largeUsed = true;
      return;
    }
    used += cost;
    usedByTroubled += troubled ? cost : 0;
  }

  void give(long cost, boolean troubled) {
    if (isLarge(cost)) {
      largeUsed = false;
      return;
    }
    used -= cost;
    usedByTroubled -= troubled ? cost : 0;
  }
}
