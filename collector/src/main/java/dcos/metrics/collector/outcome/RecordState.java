// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.outcome;

import java.util.Optional;

/**
 * What became of a record so far: an outcome, or what comes before it.
 *
 * @param outcome there is one if the stage is {@link RecordStage#SETTLED}, and may be if it is
 *     damaged
 */
public record RecordState(RecordStage stage, Optional<Outcome> outcome) {
  /** The decision for records that are held when they are sorted. */
  public static final String ACCEPTED = "accepted";

  /** Nothing was decided yet. */
  public static final RecordState RECEIVED =
      new RecordState(RecordStage.RECEIVED, Optional.empty());

  /** Held in a batch. */
  public static final RecordState IN_BATCH =
      new RecordState(RecordStage.IN_BATCH, Optional.empty());

  /** Held in a message that is not settled. */
  public static final RecordState IN_MESSAGE =
      new RecordState(RecordStage.IN_MESSAGE, Optional.empty());

  /** Where it is. */
  public enum RecordStage {
    RECEIVED,
    IN_BATCH,
    IN_MESSAGE,
    SETTLED,
    /** Its block's contents do not match its counts. */
    DAMAGED
  }

  /** It has an outcome. */
  public static RecordState of(Outcome outcome) {
    return new RecordState(RecordStage.SETTLED, Optional.of(outcome));
  }

  /** The same of a block whose contents do not match its counts. */
  public RecordState damaged() {
    return new RecordState(RecordStage.DAMAGED, outcome);
  }

  public boolean isDamaged() {
    return stage == RecordStage.DAMAGED;
  }

  /** Whether the ledger holds it. */
  public boolean isHeld() {
    return stage == RecordStage.IN_BATCH || stage == RecordStage.IN_MESSAGE;
  }

  /** Whether it may still change. */
  public boolean isOpen() {
    return isHeld() || stage == RecordStage.RECEIVED;
  }

  /** One word: received, held, the outcome's name, or damaged. */
  public String name() {
    return switch (stage) {
      case RECEIVED -> LedgerTerm.RECEIVED.kind();
      case IN_BATCH, IN_MESSAGE -> LedgerTerm.HELD.kind();
      case SETTLED -> term().kind();
      case DAMAGED -> "damaged";
    };
  }

  /** The name, and where it is held or the reason, such as {@code throttled: input limit}. */
  public String label() {
    return switch (stage) {
      case IN_BATCH -> LedgerTerm.HELD.kind() + ": in a batch";
      case IN_MESSAGE -> LedgerTerm.HELD.kind() + ": in a message";
      case SETTLED -> term().label();
      case RECEIVED, DAMAGED -> name();
    };
  }

  /** Why it has this outcome, one line; empty where there is nothing to explain. */
  public String why() {
    return outcome.map(Outcome::why).orElse("");
  }

  /** Where its message is, if that was delivered. */
  public Optional<Receipt> receipt() {
    return outcome.flatMap(Outcome::place);
  }

  /** The label and why, as far as the label does not say it. */
  public String text() {
    String why = why();
    return why.isEmpty() ? label() : name() + ": " + why;
  }

  /**
   * What was decided when it came: accepted, throttled, rejected or unknown, damaged where its
   * block is; empty while nothing was decided.
   */
  public String decision() {
    return switch (stage) {
      case RECEIVED -> "";
      case IN_BATCH, IN_MESSAGE -> ACCEPTED;
      case DAMAGED -> name();
      case SETTLED -> isDecidedOnArrival() ? name() : ACCEPTED;
    };
  }

  /** The state of its message, or of its part; empty where it does not get into one. */
  public String messageState() {
    return switch (stage) {
      case IN_BATCH -> MessageState.QUEUED.name();
      case IN_MESSAGE -> MessageState.SENDING.name();
      case RECEIVED, DAMAGED -> "";
      case SETTLED -> isDecidedOnArrival() ? "" : name();
    };
  }

  private boolean isDecidedOnArrival() {
    return outcome.filter(Outcome::isDecidedOnArrival).isPresent();
  }

  /** The ledger's term of its outcome; held where there is none. */
  public LedgerTerm term() {
    return outcome.map(Outcome::term).orElse(LedgerTerm.HELD);
  }
}
