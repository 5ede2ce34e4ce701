// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Outcome.LimitScope;
import dcos.metrics.collector.outcome.Outcome.Reason;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.outcome.RecordState;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What states are called in rows, and in filters now and formerly. */
class StateWordsTest {
  private static final RecordState TOO_LARGE =
      RecordState.of(new Outcome.Undeliverable(Reason.TOO_LARGE, "over 1 MB"));
  private static final RecordState REJECTED = RecordState.of(new Outcome.Rejected());
  private static final RecordState UNDECIDED = RecordState.of(new Outcome.Unknown(""));

  @Test
  void reportsWhyOnce() {
    assertThat(TOO_LARGE.text()).isEqualTo("undeliverable: too large: over 1 MB");
    assertThat(RecordState.of(new Outcome.Throttled(LimitScope.INPUT)).text())
        .isEqualTo("throttled: over the input limit of its connection (input-limit-amount-kbytes)");
    assertThat(RecordState.of(new Outcome.Delivered(new Receipt(1, 2))).text())
        .isEqualTo("delivered");
    assertThat(RecordState.IN_BATCH.text()).isEqualTo("held: in a batch");
    assertThat(TOO_LARGE.damaged().receipt()).isEmpty();
  }

  @Test
  void findsOutcomesByTheirNamesAndByFormerOnes() {
    assertThat(outcome(TOO_LARGE, "undeliverable")).isTrue();
    assertThat(outcome(TOO_LARGE, "undeliverable: too large")).isTrue();
    assertThat(outcome(TOO_LARGE, "failed")).isTrue();
    assertThat(outcome(TOO_LARGE, "undeliverable(too-large)")).isTrue();
    assertThat(outcome(TOO_LARGE, "failed: too large: over 1 MB")).isTrue();
    assertThat(outcome(REJECTED, "rejected")).isTrue();
    assertThat(outcome(REJECTED, "rejected: topic")).isTrue();
    assertThat(outcome(UNDECIDED, "unknown: verdict")).isTrue();
    assertThat(outcome(RecordState.IN_BATCH, "batching")).isTrue();
    assertThat(outcome(RecordState.IN_MESSAGE, "sending")).isTrue();
    assertThat(outcome(RecordState.IN_MESSAGE, "held")).isTrue();
    assertThat(outcome(REJECTED, "failed")).isFalse();
  }

  @Test
  void findsRecordsByTheStateOfTheirMessage() {
    assertThat(state(TOO_LARGE, "undeliverable")).isTrue();
    assertThat(state(TOO_LARGE, "failed")).isTrue();
    assertThat(state(RecordState.IN_BATCH, "queued")).isTrue();
    assertThat(state(RecordState.IN_BATCH, "batching")).isTrue();
    assertThat(state(RecordState.IN_MESSAGE, "sending")).isTrue();
    assertThat(state(REJECTED, "rejected")).isFalse();
    assertThat(state(REJECTED, "rejected: topic")).isFalse();
  }

  @Test
  void messagesOfOneNameAreAlikeWhateverTheirReasons() {
    MessageState tooLarge = MessageState.of(LedgerTerm.UNDELIVERABLE_TOO_LARGE);
    MessageState shutdown = MessageState.of(LedgerTerm.UNDELIVERABLE_SHUTDOWN);
    assertThat(tooLarge.isLike(shutdown)).isTrue();
    assertThat(tooLarge.isLike(MessageState.of(LedgerTerm.DELIVERED))).isFalse();
    assertThat(tooLarge.isLike(MessageState.partly(LedgerTerm.UNDELIVERABLE_TOO_LARGE))).isFalse();
  }

  @Test
  void namesTheWordOfThisVersionForOneOfAnEarlier() throws Exception {
    assertThat(hints("outcome:failed"))
        .containsExactly("outcome:failed is now outcome:undeliverable");
    assertThat(hints("topic:web (-state=failed or outcome:fail)"))
        .containsExactly(
            "state=failed is now state=undeliverable", "outcome:fail is now outcome:undeliverable");
    assertThat(hints("outcome:batching"))
        .containsExactly("outcome:batching is now outcome:\"held: in a batch\"");
    assertThat(hints("state:batching")).containsExactly("state:batching is now state:queued");
    assertThat(hints("outcome=\"rejected: topic\""))
        .containsExactly("outcome=\"rejected: topic\" is now outcome=\"rejected: illegal topic\"");
    assertThat(hints("verdict=accepted"))
        .containsExactly(
            "verdict=accepted: the key is now outcome, such as"
                + " -(outcome:throttled or outcome:rejected)");
    assertThat(hints("verdict:throttled"))
        .containsExactly("verdict:throttled: the key is now outcome, such as outcome:throttled");
    assertThat(
            hints(
                "outcome:undeliverable outcome:held state:sending state:queued outcome:*"
                    + " outcome:nothing topic:failed"))
        .isEmpty();
  }

  private static List<String> hints(String filter) throws FilterException {
    return Filter.parse(filter).hints();
  }

  private static boolean outcome(RecordState state, String wanted) {
    Predicate<CharSequence> test = text -> text.toString().equals(wanted);
    return StateWords.anyOutcome(state, test);
  }

  private static boolean state(RecordState state, String wanted) {
    Predicate<CharSequence> test = text -> text.toString().equals(wanted);
    return StateWords.anyState(state, test);
  }
}
