// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.RecordState;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The words by which filters find states and outcomes, those of earlier versions as well. */
final class StateWords {
  private static final Former FAILED = new Former("failed", LedgerTerm.Kinds.UNDELIVERABLE);
  private static final Former TOPIC =
      new Former("rejected: topic", LedgerTerm.REJECTED_TOPIC.label());
  private static final Former UNDECIDED = new Former("unknown: verdict", LedgerTerm.UNKNOWN.kind());
  private static final Former BATCHING = new Former("batching", MessageState.QUEUED.name());
  private static final List<Former> REPLACED = List.of(FAILED, TOPIC, UNDECIDED, BATCHING);

  private StateWords() {}

  /** A word of an earlier version, and the one for it now. */
  private record Former(String word, String now) {}

  /** Whether a filter that asks for an outcome finds a record. */
  static boolean anyOutcome(RecordState state, Predicate<CharSequence> test) {
    return switch (state.stage()) {
      case RECEIVED -> test.test(state.name());
      case IN_BATCH -> anyHeld(state, BATCHING.word(), test);
      case IN_MESSAGE -> anyHeld(state, MessageState.SENDING.name(), test);
      case SETTLED -> anyTerm("", state.term(), state.why(), test);
      case DAMAGED -> anyReason(state.name(), state.why(), test);
    };
  }

  private static boolean anyHeld(RecordState state, String former, Predicate<CharSequence> test) {
    return test.test(state.name()) || test.test(state.label()) || test.test(former);
  }

  /** Whether a filter that asks what was decided when it came finds a record. */
  static boolean anyDecision(RecordState state, Predicate<CharSequence> test) {
    String decision = state.decision();
    return anyReason(decision, decision.equals(RecordState.ACCEPTED) ? "" : state.why(), test);
  }

  /** Whether a filter that asks for the state of a message finds a record that is in it. */
  static boolean anyState(RecordState record, Predicate<CharSequence> test) {
    return switch (record.stage()) {
      case IN_BATCH -> anyState(MessageState.QUEUED, "", test);
      case IN_MESSAGE -> anyState(MessageState.SENDING, "", test);
      case SETTLED ->
          !record.messageState().isEmpty() && anyTerm("", record.term(), record.why(), test);
      case RECEIVED, DAMAGED -> false;
    };
  }

  /** Whether a filter that asks for an outcome finds a message. */
  static boolean anyOutcome(MessageFacts message, Predicate<CharSequence> test) {
    return (message.state().isHeld() && test.test(LedgerTerm.HELD.kind()))
        || anyState(message, test);
  }

  /** Whether a filter that asks for a state finds a message. */
  static boolean anyState(MessageFacts message, Predicate<CharSequence> test) {
    return anyState(message.state(), message.detail(), test);
  }

  private static boolean anyState(MessageState state, String detail, Predicate<CharSequence> test) {
    return switch (state.stage()) {
      case QUEUED -> anyReason(state.name(), detail, test) || test.test(BATCHING.word());
      case SENDING -> anyReason(state.name(), detail, test);
      case SETTLED ->
          anyTerm(
              state.partly() ? MessageState.PARTLY : "",
              state.term().orElse(LedgerTerm.UNKNOWN),
              detail,
              test);
    };
  }

  private static boolean anyTerm(
      String prefix, LedgerTerm term, String why, Predicate<CharSequence> test) {
    return anyReason(prefix + term.kind(), why, test)
        || test.test(term.label())
        || test.test(term.code())
        || (term.kind().equals(LedgerTerm.Kinds.UNDELIVERABLE)
            && anyReason(prefix + FAILED.word(), why, test))
        || (term == LedgerTerm.REJECTED_TOPIC && test.test(TOPIC.word()))
        || (term == LedgerTerm.UNKNOWN && test.test(UNDECIDED.word()));
  }

  private static boolean anyReason(String word, String why, Predicate<CharSequence> test) {
    return !word.isEmpty() && (test.test(word) || (!why.isEmpty() && test.test(word + ": " + why)));
  }

  /**
   * The word of this version for one of an earlier version.
   *
   * @param key that asks for it
   * @param test of the filter's word
   * @return empty if the test finds a word of this version, or none
   */
  static Optional<String> replacement(FilterKey key, Predicate<CharSequence> test) {
    if ((key != FilterKey.OUTCOME && key != FilterKey.STATE) || anyCurrent(test)) {
      return Optional.empty();
    }
    return REPLACED.stream()
        .filter(former -> test.test(former.word()))
        .map(
            former ->
                former.equals(BATCHING) && key == FilterKey.OUTCOME
                    ? RecordState.IN_BATCH.label()
                    : former.now())
        .findFirst();
  }

  private static boolean anyCurrent(Predicate<CharSequence> test) {
    return test.test(MessageState.QUEUED.name())
        || test.test(MessageState.SENDING.name())
        || test.test(RecordState.IN_BATCH.label())
        || test.test(RecordState.IN_MESSAGE.label())
        || List.of(LedgerTerm.values()).stream()
            .anyMatch(term -> test.test(term.label()) || test.test(term.code()));
  }
}
