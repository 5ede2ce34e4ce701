// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.outcome;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a message so far.
 *
 * @param term of its outcome; there is one if the stage is {@link MessageStage#SETTLED}
 * @param partly whether it was split, and only some of its parts have this outcome
 */
public record MessageState(MessageStage stage, Optional<LedgerTerm> term, boolean partly) {
  /** Its records are being collected; the message does not exist yet. */
  public static final MessageState QUEUED =
      new MessageState(MessageStage.QUEUED, Optional.empty(), false);

  /** Made, and not settled. */
  public static final MessageState SENDING =
      new MessageState(MessageStage.SENDING, Optional.empty(), false);

  /** In front of the outcome's name where only some parts have it. */
  public static final String PARTLY = "partly ";

  /** Where it is. */
  public enum MessageStage {
    QUEUED,
    SENDING,
    SETTLED
  }

  // Thousands of messages share them.
  private static final Map<LedgerTerm, MessageState> WHOLE = new EnumMap<>(LedgerTerm.class);
  private static final Map<LedgerTerm, MessageState> SPLIT = new EnumMap<>(LedgerTerm.class);

  static {
    for (LedgerTerm term : LedgerTerm.values()) {
      WHOLE.put(term, new MessageState(MessageStage.SETTLED, Optional.of(term), false));
      SPLIT.put(term, new MessageState(MessageStage.SETTLED, Optional.of(term), true));
    }
  }

  /** All of it has an outcome of this term. */
  public static MessageState of(LedgerTerm term) {
    return Objects.requireNonNull(WHOLE.get(term), "there is one of each");
  }

  /** Some of it has an outcome of this term. */
  public static MessageState partly(LedgerTerm term) {
    return Objects.requireNonNull(SPLIT.get(term), "there is one of each");
  }

  /**
   * The state of a message some parts of which had this one before.
   *
   * @param next of further parts; an unknown outcome may not be a failure
   */
  public MessageState and(MessageState next) {
    if (isLike(next)) {
      return next;
    }
    List<MessageState> both = List.of(this, next);
    return both.stream()
        .filter(state -> state.name().endsWith(LedgerTerm.Kinds.UNDELIVERABLE))
        .findFirst()
        .flatMap(MessageState::term)
        .map(MessageState::partly)
        .orElseGet(
            () ->
                both.stream().anyMatch(state -> state.is(LedgerTerm.UNKNOWN))
                    ? MessageState.of(LedgerTerm.UNKNOWN)
                    : MessageState.partly(next.term().orElse(LedgerTerm.UNKNOWN)));
  }

  /** Whether it has the same name, whatever the reasons. */
  public boolean isLike(MessageState other) {
    return name().equals(other.name());
  }

  /** Whether the ledger holds its records. */
  public boolean isHeld() {
    return stage != MessageStage.SETTLED;
  }

  /** Queued, sending, or the outcome's name. */
  public String name() {
    return switch (stage) {
      case QUEUED -> "queued";
      case SENDING -> "sending";
      case SETTLED -> (partly ? PARTLY : "") + term.map(LedgerTerm::kind).orElse("");
    };
  }

  /** Whether all of it has an outcome with this name. */
  public boolean is(LedgerTerm outcome) {
    return !partly && term.filter(own -> own.kind().equals(outcome.kind())).isPresent();
  }
}
