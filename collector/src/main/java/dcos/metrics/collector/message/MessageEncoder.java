// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

/** Makes the bytes of a message: a container whose records are tagged. */
@FunctionalInterface
public interface MessageEncoder {
  /** A new array; thread-safe. */
  byte[] encode(Message message);
}
