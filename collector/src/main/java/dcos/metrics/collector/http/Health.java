// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the process can work, and how Kafka and the agent are. Kafka or the agent being away is
 * normal: it degrades the collector, and nobody should restart it for that.
 *
 * @param failure why the process can not work, one line; empty while it can
 * @param kafka how Kafka is
 * @param kafkaSince since when it is so
 * @param kafkaError the last error while an outage lasts, one line
 * @param agentPolled whether an agent is asked at all
 * @param agentAnswered when it last did
 */
public record Health(
    Optional<String> failure,
    Kafka kafka,
    Instant kafkaSince,
    Optional<String> kafkaError,
    boolean agentPolled,
    Optional<Instant> agentAnswered) {

  /** What {@code /health} has as its status. */
  String status() {
    if (failure.isPresent()) {
      return "failed";
    }
    return switch (kafka) {
      case DRY_RUN, UP -> "ok";
      case CONNECTING -> kafkaError.isEmpty() ? "ok" : "degraded";
      case NOT_DELIVERING, DOWN -> "degraded";
    };
  }

  /** Why the status is not ok, one line. */
  Optional<String> reason() {
    if (failure.isPresent()) {
      return failure;
    }
    String suffix = kafkaError.map(error -> ": " + error).orElse("");
    return switch (kafka) {
      case DRY_RUN, UP -> Optional.empty();
      case CONNECTING -> kafkaError.map(error -> "Kafka cannot be reached: " + error);
      case NOT_DELIVERING -> Optional.of("Kafka acknowledges no messages" + suffix);
      case DOWN -> Optional.of("Kafka cannot be reached" + suffix);
    };
  }

  /** Whether Kafka acknowledges messages. */
  public enum Kafka {
    /** Nothing is sent. */
    DRY_RUN("dry-run"),
    /** No message has been acknowledged yet; with an error, no broker is found or none answers. */
    CONNECTING("connecting"),
    /** The last messages were acknowledged. */
    UP("up"),
    /** Messages were sent, and none has been acknowledged for too long. */
    NOT_DELIVERING("not-delivering"),
    /** No broker is found, or none answers any more. */
    DOWN("down");

    private final String word;

    Kafka(String word) {
      this.word = word;
    }

    /** Its name in {@code /health}. */
    public String word() {
      return word;
    }
  }
}
