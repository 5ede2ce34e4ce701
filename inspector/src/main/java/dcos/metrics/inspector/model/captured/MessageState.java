// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.captured;

import dcos.metrics.collector.outcome.Term;
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

  /** All of it has an outcome of this term. */
  public static MessageState of(Term term) {
    return new MessageState(Stage.SETTLED, Optional.of(term), false);
  }

  /** Some of it has an outcome of this term. */
  public static MessageState partly(Term term) {
    return new MessageState(Stage.SETTLED, Optional.of(term), true);
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
