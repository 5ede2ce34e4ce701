// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.outcome;

import java.util.Arrays;
import java.util.List;

/**
 * One term of the equation that holds at every instant:
 *
 * <pre>received + recovered = delivered + dry-run + throttled + rejected + undeliverable + held
 * </pre>
 *
 * <p>Some terms are separate by reason. All but those that count what came in, and {@link #HELD},
 * are outcomes.
 */
public enum LedgerTerm {
  RECEIVED(Severity.NONE, "received", "", ""),
  /** Always 0 in this version. */
  RECOVERED(Severity.NONE, "recovered", "", ""),
  DELIVERED(Severity.GOOD, "delivered", "", "Kafka has acknowledged it"),
  DRY_RUN(Severity.GOOD, "dry-run", "", "it would have been sent"),
  /** Over a connection's allowance. */
  THROTTLED_INPUT(
      Severity.WARNING,
      Kinds.THROTTLED,
      "input-limit",
      "over the input limit of its connection (input-limit-amount-kbytes)"),
  /** Over the allowance of all that leaves. */
  THROTTLED_GLOBAL(
      Severity.WARNING,
      Kinds.THROTTLED,
      "global-limit",
      "over the global limit (global-limit-amount-kbytes)"),
  REJECTED_TOPIC(
      Severity.ERROR,
      Kinds.REJECTED,
      "illegal-topic",
      "its topic can not be made a legal name of a Kafka topic"),
  UNDELIVERABLE_TOO_LARGE(
      Severity.ERROR, Kinds.UNDELIVERABLE, "too-large", "larger than a message may be"),
  UNDELIVERABLE_NOT_AUTHORIZED(
      Severity.ERROR,
      Kinds.UNDELIVERABLE,
      "not-authorized",
      "this client may not write to the topic, or not create it"),
  UNDELIVERABLE_ILLEGAL_TOPIC(
      Severity.ERROR, Kinds.UNDELIVERABLE, "illegal-topic", "Kafka refuses the topic's name"),
  UNDELIVERABLE_REFUSED(
      Severity.ERROR, Kinds.UNDELIVERABLE, "refused", "refused for a reason that no retry mends"),
  UNDELIVERABLE_SHUTDOWN(
      Severity.ERROR,
      Kinds.UNDELIVERABLE,
      "shutdown",
      "the collector had to stop before it was acknowledged"),
  /** In a batch or in a message. */
  HELD(Severity.NONE, "held", "", ""),
  /** Only in recordings of later versions: outcomes that this version does not know. */
  UNKNOWN(Severity.WARNING, "unknown", "", "an outcome of a newer version");

  /** How bad an outcome is for those who wait for the record. */
  public enum Severity {
    /** Not an outcome. */
    NONE,
    GOOD,
    /** As it was configured, or not known. */
    WARNING,
    ERROR
  }

  /** Terms of several reasons. */
  public static final class Kinds {
    public static final String THROTTLED = "throttled";
    public static final String REJECTED = "rejected";
    public static final String UNDELIVERABLE = "undeliverable";

    private Kinds() {}
  }

  private static final List<LedgerTerm> COUNTED =
      Arrays.stream(values()).filter(term -> term != UNKNOWN).toList();

  private final Severity severity;
  private final String kind;
  private final String reason;
  private final String explanation;

  LedgerTerm(Severity severity, String kind, String reason, String explanation) {
    this.severity = severity;
    this.kind = kind;
    this.reason = reason;
    this.explanation = explanation;
  }

  /** The terms that a pipeline of this version counts. */
  public static List<LedgerTerm> counted() {
    return COUNTED;
  }

  /** The terms of the equation, in its order, as far as this version counts them. */
  public static List<String> kinds() {
    return COUNTED.stream().map(LedgerTerm::kind).distinct().toList();
  }

  /** The term of the equation, which is the outcome's name. */
  public String kind() {
    return kind;
  }

  /** The reason within the term; empty where there is only one. */
  public String reason() {
    return reason;
  }

  /** The name and the reason for people, such as {@code undeliverable: too large}. */
  public String label() {
    return reason.isEmpty() ? kind : kind + ": " + reasonText();
  }

  /** The name for programs, and the reason where outcomes have details: undeliverable(refused). */
  public String code() {
    return kind.equals(Kinds.UNDELIVERABLE) ? kind + "(" + reason + ")" : kind;
  }

  /** The reason for people, such as {@code too large}; empty where there is only one. */
  public String reasonText() {
    return reason.replace('-', ' ');
  }

  /** Why, in one line for people; empty where it is not an outcome. */
  public String explanation() {
    return explanation;
  }

  public Severity severity() {
    return severity;
  }

  /** Whether records have it from when they came, and never get into a message. */
  public boolean isDecidedOnArrival() {
    return this == THROTTLED_INPUT || this == REJECTED_TOPIC;
  }

  /** Whether it is on the left of the equation, with the records that came in. */
  public boolean isIncome() {
    return this == RECEIVED || this == RECOVERED;
  }
}
