// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.outcome.Outcome;
import java.util.Arrays;
import java.util.Optional;

/** How recordings encode what was decided of a record when it came in. */
enum ArrivalDecision {
  ACCEPTED,
  THROTTLED,
  REJECTED_TOPIC,
  /** Only in recordings of later versions. */
  UNKNOWN;

  /** The outcome that the record had from then on; empty where it was held. */
  Optional<Outcome> outcome() {
    return switch (this) {
      case ACCEPTED -> Optional.empty();
      case THROTTLED -> Optional.of(new Outcome.Throttled(Outcome.LimitScope.INPUT));
      case REJECTED_TOPIC -> Optional.of(new Outcome.Rejected());
      case UNKNOWN -> Optional.of(new Outcome.Unknown(""));
    };
  }

  static ArrivalDecision of(Optional<Outcome> outcome) {
    return outcome.map(ArrivalDecision::of).orElse(ACCEPTED);
  }

  private static ArrivalDecision of(Outcome outcome) {
    return Arrays.stream(values())
        .filter(
            decision -> decision.outcome().map(Outcome::term).equals(Optional.of(outcome.term())))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(outcome + " is an outcome of messages"));
  }
}
