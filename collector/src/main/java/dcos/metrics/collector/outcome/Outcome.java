// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.outcome;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What finally happened to a record or to a message: exactly one of these. Until then it is held.
 */
public sealed interface Outcome {
  /** Its destination has acknowledged it. */
  record Delivered(Receipt receipt) implements Outcome {}

  /** It would have been sent, were this not a dry run. */
  record DryRun() implements Outcome {}

  /** It was over a limit of its period. */
  record Throttled(LimitScope limit) implements Outcome {}

  /** A record of a topic that cannot be made one of Kafka's. */
  record Rejected() implements Outcome {}

  /**
   * No retry mends it.
   *
   * @param detail what the destination said, one line
   */
  record Undeliverable(Reason reason, String detail) implements Outcome {}

  /**
   * Only in recordings of later versions: an outcome that this version does not know.
   *
   * @param name what the later version calls it; empty where it does not say
   */
  record Unknown(String name) implements Outcome {
    @Override
    public String detail() {
      return name;
    }
  }

  /**
   * The outcome of a term that has neither receipt nor detail; empty for others, and for a term
   * that is not an outcome.
   */
  static Optional<Outcome> of(LedgerTerm term) {
    return Stream.<Outcome>of(
            new DryRun(),
            new Throttled(LimitScope.INPUT),
            new Throttled(LimitScope.GLOBAL),
            new Rejected(),
            new Unknown(""))
        .filter(outcome -> outcome.term() == term)
        .findFirst();
  }

  /** Whether records have it from when they came, and never get into a message. */
  default boolean isDecidedOnArrival() {
    return term().isDecidedOnArrival() || (this instanceof Unknown(String name) && name.isEmpty());
  }

  /** Where the message is, if it was delivered. */
  default Optional<Receipt> place() {
    return this instanceof Delivered(Receipt receipt) ? Optional.of(receipt) : Optional.empty();
  }

  /** Whether it has a detail beside its term. */
  default boolean hasDetail() {
    return this instanceof Undeliverable || this instanceof Unknown;
  }

  /** Its detail, one line; empty where there is none. */
  default String detail() {
    return "";
  }

  /** The ledger's term that its records move to: what the outcome and its reason are called. */
  default LedgerTerm term() {
    return switch (this) {
      case Delivered _ -> LedgerTerm.DELIVERED;
      case DryRun _ -> LedgerTerm.DRY_RUN;
      case Throttled(var limit) ->
          switch (limit) {
            case INPUT -> LedgerTerm.THROTTLED_INPUT;
            case GLOBAL -> LedgerTerm.THROTTLED_GLOBAL;
          };
      case Rejected _ -> LedgerTerm.REJECTED_TOPIC;
      case Undeliverable(var reason, _) ->
          switch (reason) {
            case TOO_LARGE -> LedgerTerm.UNDELIVERABLE_TOO_LARGE;
            case NOT_AUTHORIZED -> LedgerTerm.UNDELIVERABLE_NOT_AUTHORIZED;
            case ILLEGAL_TOPIC -> LedgerTerm.UNDELIVERABLE_ILLEGAL_TOPIC;
            case REFUSED -> LedgerTerm.UNDELIVERABLE_REFUSED;
            case SHUTDOWN -> LedgerTerm.UNDELIVERABLE_SHUTDOWN;
            case UNKNOWN -> LedgerTerm.UNKNOWN;
          };
      case Unknown _ -> LedgerTerm.UNKNOWN;
    };
  }

  /** The name for programs, and the reason where it has details: {@code undeliverable(refused)}. */
  default String code() {
    return this instanceof Undeliverable(var reason, _) && reason == Reason.UNKNOWN
        ? LedgerTerm.Kinds.UNDELIVERABLE + "(" + LedgerTerm.UNKNOWN.kind() + ")"
        : term().code();
  }

  /**
   * Why, in one line for people: the detail of this one, or the explanation of its term; empty
   * where there is nothing to explain.
   */
  default String why() {
    return switch (this) {
      case Delivered _, DryRun _ -> "";
      case Throttled _, Rejected _ -> term().explanation();
      case Undeliverable(var reason, String detail) -> {
        String what =
            reason == Reason.UNKNOWN ? "a reason of a newer version" : term().reasonText();
        yield detail.isEmpty() ? what : what + ": " + detail;
      }
      case Unknown(String name) ->
          name.isEmpty() ? term().explanation() : name + ", " + term().explanation();
    };
  }

  /** Which limit. */
  enum LimitScope {
    /** That of its connection. */
    INPUT,
    /** That of all that leaves. */
    GLOBAL
  }

  /** Why a message cannot be delivered. */
  enum Reason {
    /** A single record that the destination does not take. */
    TOO_LARGE,
    /** This client may not write to the topic, or not create it. */
    NOT_AUTHORIZED,
    /** Kafka does not take the topic's name. */
    ILLEGAL_TOPIC,
    /** Refused for another reason that no retry mends. */
    REFUSED,
    /** The collector had to stop before it was acknowledged. */
    SHUTDOWN,
    /** Only in recordings of later versions: a reason that this version does not know. */
    UNKNOWN
  }
}
