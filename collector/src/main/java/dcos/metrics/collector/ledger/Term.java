// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

import java.util.Arrays;
import java.util.List;

/**
 * One term of the equation that holds at every instant:
 *
 * <pre>received + recovered = delivered + dry-run + throttled + rejected + undeliverable + held
 * </pre>
 *
 * Some terms are separate by reason.
 */
public enum Term {
  RECEIVED("received", ""),
  /** Always 0 in this version. */
  RECOVERED("recovered", ""),
  DELIVERED("delivered", ""),
  DRY_RUN("dry-run", ""),
  /** Over a connection's allowance. */
  THROTTLED_INPUT("throttled", "input-limit"),
  /** Over the allowance of all that leaves. */
  THROTTLED_GLOBAL("throttled", "global-limit"),
  /** The topic cannot be made a legal name of a Kafka topic. */
  REJECTED_TOPIC("rejected", "illegal-topic"),
  UNDELIVERABLE_TOO_LARGE("undeliverable", "too-large"),
  UNDELIVERABLE_NOT_AUTHORIZED("undeliverable", "not-authorized"),
  UNDELIVERABLE_ILLEGAL_TOPIC("undeliverable", "illegal-topic"),
  UNDELIVERABLE_REFUSED("undeliverable", "refused"),
  UNDELIVERABLE_SHUTDOWN("undeliverable", "shutdown"),
  /** In a batch or in a message. */
  HELD("held", ""),
  /** Only in recordings of later versions: outcomes that this version does not know. */
  UNKNOWN("unknown", "");

  private static final List<Term> COUNTED =
      Arrays.stream(values()).filter(term -> term != UNKNOWN).toList();

  private final String kind;
  private final String reason;

  Term(String kind, String reason) {
    this.kind = kind;
    this.reason = reason;
  }

  /** The terms that a pipeline of this version counts. */
  public static List<Term> counted() {
    return COUNTED;
  }

  /** The terms of the equation, in its order, as far as this version counts them. */
  public static List<String> kinds() {
    return COUNTED.stream().map(Term::kind).distinct().toList();
  }

  /** The term of the equation. */
  public String kind() {
    return kind;
  }

  /** The reason within the term; empty where there is only one. */
  public String reason() {
    return reason;
  }

  /** Whether it is on the left of the equation, with the records that came in. */
  public boolean isIncome() {
    return this == RECEIVED || this == RECOVERED;
  }
}
