// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.format;

import dcos.metrics.Tag;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.RecordState;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** States in words, the same everywhere. */
public final class OutcomeText {
  private OutcomeText() {}

  public static String outcome(CapturedRecord record) {
    RecordState state = record.state();
    return state.isDamaged() ? because(state.label(), record.problem()) : state.text();
  }

  public static StatusTone tone(RecordState state) {
    return switch (state.stage()) {
      case RECEIVED -> StatusTone.QUIET;
      case IN_BATCH, IN_MESSAGE -> StatusTone.BUSY;
      case SETTLED -> state.outcome().map(outcome -> tone(outcome.term())).orElse(StatusTone.QUIET);
      case DAMAGED -> StatusTone.BAD;
    };
  }

  /** The tone of a term. */
  public static StatusTone tone(LedgerTerm term) {
    return switch (term.severity()) {
      case NONE -> StatusTone.BUSY;
      case GOOD -> StatusTone.GOOD;
      case WARNING -> StatusTone.WARNING;
      case ERROR -> StatusTone.BAD;
    };
  }

  public static String state(CapturedDelivery delivery) {
    MessageState state = delivery.state();
    if (state.is(LedgerTerm.DELIVERED)) {
      return state.name()
          + delivery.receipt().map(receipt -> " " + receipt).orElse("")
          + (delivery.settleNanos().isPresent()
              ? " in " + delivery.settleNanos().getAsLong() / 1_000_000 + " ms"
              : "");
    }
    return state.is(LedgerTerm.THROTTLED_GLOBAL)
        ? LedgerTerm.THROTTLED_GLOBAL.label()
        : because(state.name(), delivery.detail());
  }

  public static StatusTone tone(CapturedDelivery delivery) {
    MessageState state = delivery.state();
    return state.partly() ? StatusTone.BAD : tone(state.term().orElse(LedgerTerm.HELD));
  }

  public static String trigger(@Nullable FlushTrigger trigger) {
    return trigger == null ? "" : trigger.word();
  }

  public static String tags(List<Tag> tags) {
    return tags.stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String because(String what, String why) {
    return why.isEmpty() ? what : what + ": " + why;
  }
}
