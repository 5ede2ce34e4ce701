// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.MessageSink;
import java.util.ArrayDeque;
import java.util.Deque;

/** Holds all messages, as the delivery does while no broker answers. */
final class HeldMessages implements MessageSink {
  /** Oldest first. */
  final Deque<Message> messages = new ArrayDeque<>();

  @Override
  public void accept(Message message) {
    messages.add(message);
  }

  @Override
  public boolean isBehind(String topic) {
    return false;
  }

  @Override
  public void endLinger() {}
}
