// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.producer;

/** Whether Kafka acknowledges messages. Where there are no messages, the last state stays. */
public enum KafkaState {
  /** Nothing has been acknowledged yet, and nothing has failed. */
  CONNECTING,
  /** The last messages were acknowledged. */
  UP,
  /** Messages were handed to the client, and none has been acknowledged for too long. */
  NOT_DELIVERING,
  /** No broker was found, or none answers, and no message has waited for too long yet. */
  DOWN;

  /** Whether this is an outage. */
  public boolean isOutage() {
    return switch (this) {
      case CONNECTING, UP -> false;
      case NOT_DELIVERING, DOWN -> true;
    };
  }
}
