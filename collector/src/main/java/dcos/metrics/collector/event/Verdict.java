// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.event;

import dcos.metrics.collector.ledger.Term;

/** What was decided of a record when it came in. */
public enum Verdict {
  /** It goes into a message. */
  ACCEPTED,
  /** It was over the input limit of its connection. */
  THROTTLED,
  /** Its topic cannot be made one of Kafka's. */
  REJECTED_TOPIC,
  /** Only in recordings of later versions: a decision that this version does not know. */
  UNKNOWN;

  /** The ledger's term that its records move to. */
  public Term term() {
    return switch (this) {
      case ACCEPTED -> Term.HELD;
      case THROTTLED -> Term.THROTTLED_INPUT;
      case REJECTED_TOPIC -> Term.REJECTED_TOPIC;
      case UNKNOWN -> Term.UNKNOWN;
    };
  }
}
