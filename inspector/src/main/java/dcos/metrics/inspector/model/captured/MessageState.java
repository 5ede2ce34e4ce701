// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.captured;

import dcos.metrics.collector.outcome.Term;
import java.util.EnumMap;
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

  /** Made, and on its way. */
  public static final MessageState SENDING =
      new MessageState(Stage.SENDING, Optional.empty(), false);

  /** Where it is. */
  public enum Stage {
    QUEUED,
    SENDING,
    SETTLED
  }

  // Thousands of messages share them.
  private static final Map<Term, MessageState> WHOLE = new EnumMap<>(Term.class);
  private static final Map<Term, MessageState> PARTLY = new EnumMap<>(Term.class);

  static {
    for (Term term : Term.values()) {
      WHOLE.put(term, new MessageState(Stage.SETTLED, Optional.of(term), false));
      PARTLY.put(term, new MessageState(Stage.SETTLED, Optional.of(term), true));
    }
  }

  /** All of it has an outcome of this term. */
  public static MessageState of(Term term) {
    return Objects.requireNonNull(WHOLE.get(term), "there is one of each");
  }

  /** Some of it has an outcome of this term. */
  public static MessageState partly(Term term) {
    return Objects.requireNonNull(PARTLY.get(term), "there is one of each");
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
      case SETTLED -> (partly ? "partly " : "") + term.map(Term::kind).orElse("");
    };
  }

  /** Whether all of it has an outcome with this name. */
  public boolean is(Term outcome) {
    return !partly && term.filter(own -> own.kind().equals(outcome.kind())).isPresent();
  }
}
