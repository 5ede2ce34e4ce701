// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the process can work, and how those it works with are. Kafka or the agent being away is
 * normal and no illness.
 *
 * @param failure why the process can not work, one line; empty while it can
 * @param kafka how Kafka is
 * @param kafkaSince since when it is so
 * @param agentPolled whether an agent is asked at all
 * @param agentAnswered when it last did
 */
public record Health(
    Optional<String> failure,
    Kafka kafka,
    Instant kafkaSince,
    boolean agentPolled,
    Optional<Instant> agentAnswered) {

  /** How Kafka is. */
  public enum Kafka {
    /** Nothing is sent. */
    DRY_RUN("dry-run"),
    /** No broker has answered yet. */
    CONNECTING("connecting"),
    UP("up"),
    DOWN("down");

    private final String word;

    Kafka(String word) {
      this.word = word;
    }

    /** As {@code /health} says it. */
    public String word() {
      return word;
    }
  }
}
