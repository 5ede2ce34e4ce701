// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import dcos.metrics.collector.delivery.DeliveryStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the process can work, and how delivery and the agent are. Kafka or the agent being away
 * is normal: it degrades the collector, and nobody should restart it for that.
 *
 * @param failure why the process can not work, one line; empty while it can
 * @param delivery how delivery to Kafka goes
 * @param agentPolled whether an agent is asked at all
 * @param agentAnswered when it last did
 */
public record Health(
    Optional<String> failure,
    DeliveryStatus delivery,
    boolean agentPolled,
    Optional<Instant> agentAnswered) {

  /** What {@code /health} has as its status. */
  String status() {
    if (failure.isPresent()) {
      return "failed";
    }
    return switch (delivery.state()) {
      case DRY_RUN, UP -> "ok";
      case CONNECTING -> delivery.outageError().isEmpty() ? "ok" : "degraded";
      case NOT_DELIVERING, DOWN -> "degraded";
    };
  }

  /** Why the status is not ok, one line. */
  Optional<String> reason() {
    if (failure.isPresent()) {
      return failure;
    }
    String suffix = delivery.outageError().map(error -> ": " + error).orElse("");
    return switch (delivery.state()) {
      case DRY_RUN, UP -> Optional.empty();
      case CONNECTING -> delivery.outageError().map(error -> "Kafka cannot be reached: " + error);
      case NOT_DELIVERING -> Optional.of("Kafka acknowledges no messages" + suffix);
      case DOWN -> Optional.of("Kafka cannot be reached" + suffix);
    };
  }
}
