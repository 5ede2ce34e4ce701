// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import dcos.metrics.collector.message.Message;

/**
 * How many messages of all topics wait, and how many are not settled. A message that was submitted
 * is unsettled until its outcome is reported; a message in parts counts once per part. Bytes are
 * the records' own, before tags. Not thread-safe: guarded by the monitor of the {@link TopicQueues}
 * that owns it.
 */
final class QueueTotals {
  private int waitingMessages;
  private long waitingBytes;
  private long unsettled;
  private long unsettledSinceNanos;

  /** A new message is unsettled; {@link #queued} counts where it is. */
  void submitted(long nowNanos) {
    if (unsettled++ == 0) {
      unsettledSinceNanos = nowNanos;
    }
  }

  /** A message that counts once now counts once per part. */
  void split(int parts) {
    unsettled += parts - 1;
  }

  /**
   * Messages, or parts, have their outcome.
   *
   * @param messages how many; negative where parts are added that are settled one by one afterwards
   */
  void settled(int messages) {
    unsettled -= messages;
  }

  /** Whether every message has its outcome. */
  boolean isSettled() {
    return unsettled <= 0;
  }

  /** How long there have been unsettled messages, in nanoseconds; 0 if there are none. */
  long unsettledNanos(long nowNanos) {
    return unsettled == 0 ? 0 : nowNanos - unsettledSinceNanos;
  }

  /** A message waits from now on. */
  void queued(Message message) {
    waitingMessages++;
    waitingBytes += message.bytes();
  }

  /** A message no longer waits. */
  void removed(Message message) {
    waitingMessages--;
    waitingBytes -= message.bytes();
  }

  /** The messages that wait to be sent. */
  int waitingMessages() {
    return waitingMessages;
  }

  /** The bytes of the messages that wait to be sent. */
  long waitingBytes() {
    return waitingBytes;
  }
}
