// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

/** Where messages go. */
public interface MessageSink {
  /** Takes a message over; must not block. */
  void accept(Message message);

  /** Whether the topic's messages wait for one another: one more would not leave sooner. */
  boolean isBehind(String topic);

  /** Somebody waits for memory. */
  void endLinger();
}
