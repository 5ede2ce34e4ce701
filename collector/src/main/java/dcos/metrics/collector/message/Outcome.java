// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.collector.ledger.Term;

/** What became of a message: exactly one of these. */
public sealed interface Outcome {
  /** Kafka has acknowledged it. */
  record Delivered(int partition, long offset) implements Outcome {}

  /** It would have been sent, were this not a dry run. */
  record DryRun() implements Outcome {}

  /** It was over the global limit of its period. */
  record Throttled() implements Outcome {}

  /**
   * No retry mends it.
   *
   * @param detail what Kafka said, one line
   */
  record Undeliverable(Reason reason, String detail) implements Outcome {}

  /**
   * Only in recordings of later versions: an outcome that this version does not know.
   *
   * @param name what the later version calls it
   */
  record Unknown(String name) implements Outcome {}

  /** The ledger's term that its records move to. */
  default Term term() {
    return switch (this) {
      case Delivered _ -> Term.DELIVERED;
      case DryRun _ -> Term.DRY_RUN;
      case Throttled _ -> Term.THROTTLED_GLOBAL;
      case Undeliverable(var reason, _) ->
          switch (reason) {
            case TOO_LARGE -> Term.UNDELIVERABLE_TOO_LARGE;
            case NOT_AUTHORIZED -> Term.UNDELIVERABLE_NOT_AUTHORIZED;
            case ILLEGAL_TOPIC -> Term.UNDELIVERABLE_ILLEGAL_TOPIC;
            case REFUSED -> Term.UNDELIVERABLE_REFUSED;
            case SHUTDOWN -> Term.UNDELIVERABLE_SHUTDOWN;
            case UNKNOWN -> Term.UNKNOWN;
          };
      case Unknown _ -> Term.UNKNOWN;
    };
  }

  /** Why a message cannot be delivered. */
  enum Reason {
    /** A single record that the broker or the topic does not take. */
    TOO_LARGE,
    /** This client may not write to the topic, or not create it. */
    NOT_AUTHORIZED,
    /** Kafka does not take the topic's name. */
    ILLEGAL_TOPIC,
    /** Kafka refused it for another reason that no retry mends. */
    REFUSED,
    /** The collector had to stop before Kafka answered. */
    SHUTDOWN,
    /** Only in recordings of later versions: a reason that this version does not know. */
    UNKNOWN
  }
}
