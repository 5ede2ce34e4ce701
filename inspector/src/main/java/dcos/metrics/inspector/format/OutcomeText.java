// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.Tag;
import dcos.metrics.collector.message.Trigger;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.RecordState;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.CapturedRecord;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** States in words, the same everywhere. */
final class Outcomes {
  private Outcomes() {}

  static String outcome(CapturedRecord record) {
    RecordState state = record.state();
    return state.isDamaged() ? because(state.label(), record.problem()) : state.text();
  }

  static Tone tone(RecordState state) {
    return switch (state.stage()) {
      case RECEIVED -> Tone.QUIET;
      case IN_BATCH, IN_MESSAGE -> Tone.BUSY;
      case SETTLED -> state.outcome().map(outcome -> tone(outcome.term())).orElse(Tone.QUIET);
      case DAMAGED -> Tone.BAD;
    };
  }

  /** The tone of a term. */
  static Tone tone(Term term) {
    return switch (term.severity()) {
      case NONE -> Tone.BUSY;
      case GOOD -> Tone.GOOD;
      case WARNING -> Tone.WARNING;
      case ERROR -> Tone.BAD;
    };
  }

  static String state(CapturedDelivery delivery) {
    MessageState state = delivery.state();
    if (state.is(Term.DELIVERED)) {
      return state.name()
          + delivery.receipt().map(receipt -> " " + receipt).orElse("")
          + (delivery.settleNanos().isPresent()
              ? " in " + delivery.settleNanos().getAsLong() / 1_000_000 + " ms"
              : "");
    }
    return state.is(Term.THROTTLED_GLOBAL)
        ? Term.THROTTLED_GLOBAL.label()
        : because(state.name(), delivery.detail());
  }

  static Tone tone(CapturedDelivery delivery) {
    MessageState state = delivery.state();
    return state.partly() ? Tone.BAD : tone(state.term().orElse(Term.HELD));
  }

  static String trigger(@Nullable Trigger trigger) {
    return trigger == null ? "" : trigger.word();
  }

  static String tags(List<Tag> tags) {
    return tags.stream()
        .map(tag -> tag.getKey() + "=" + tag.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String because(String what, String why) {
    return why.isEmpty() ? what : what + ": " + why;
  }
}
