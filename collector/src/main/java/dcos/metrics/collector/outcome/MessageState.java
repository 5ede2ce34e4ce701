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
 * @param term of its outcome; there is one if the stage is {@link Stage#SETTLED}
 * @param partly whether it was split, and only some of its parts have this outcome
 */
public record MessageState(Stage stage, Optional<Term> term, boolean partly) {
  /** Its records are being collected; the message does not exist yet. */
  public static final MessageState QUEUED = new MessageState(Stage.QUEUED, Optional.empty(), false);

  /** Made, and not settled. */
  public static final MessageState SENDING =
      new MessageState(Stage.SENDING, Optional.empty(), false);

  /** In front of the outcome's name where only some parts have it. */
  public static final String PARTLY = "partly ";

  /** Where it is. */
  public enum Stage {
    QUEUED,
    SENDING,
    SETTLED
  }

  // Thousands of messages share them.
  private static final Map<Term, MessageState> WHOLE = new EnumMap<>(Term.class);
  private static final Map<Term, MessageState> SPLIT = new EnumMap<>(Term.class);

  static {
    for (Term term : Term.values()) {
      WHOLE.put(term, new MessageState(Stage.SETTLED, Optional.of(term), false));
      SPLIT.put(term, new MessageState(Stage.SETTLED, Optional.of(term), true));
    }
  }

  /** All of it has an outcome of this term. */
  public static MessageState of(Term term) {
    return Objects.requireNonNull(WHOLE.get(term), "there is one of each");
  }

  /** Some of it has an outcome of this term. */
  public static MessageState partly(Term term) {
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
        .filter(state -> state.name().endsWith(Term.Kinds.UNDELIVERABLE))
        .findFirst()
        .flatMap(MessageState::term)
        .map(MessageState::partly)
        .orElseGet(
            () ->
                both.stream().anyMatch(state -> state.is(Term.UNKNOWN))
                    ? MessageState.of(Term.UNKNOWN)
                    : MessageState.partly(next.term().orElse(Term.UNKNOWN)));
  }

  /** Whether it has the same name, whatever the reasons. */
  public boolean isLike(MessageState other) {
    return name().equals(other.name());
  }

  /** Whether the ledger holds its records. */
  public boolean isHeld() {
    return stage != Stage.SETTLED;
  }

  /** Queued, sending, or the outcome's name. */
  public String name() {
    return switch (stage) {
      case QUEUED -> "queued";
      case SENDING -> "sending";
      case SETTLED -> (partly ? PARTLY : "") + term.map(Term::kind).orElse("");
    };
  }

  /** Whether all of it has an outcome with this name. */
  public boolean is(Term outcome) {
    return !partly && term.filter(own -> own.kind().equals(outcome.kind())).isPresent();
  }
}
