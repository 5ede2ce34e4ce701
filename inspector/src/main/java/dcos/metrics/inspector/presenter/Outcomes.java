// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.Tag;
import dcos.metrics.collector.message.Trigger;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.CapturedRecord;
import dcos.metrics.inspector.model.captured.RecordState;
import dcos.metrics.inspector.model.captured.Words;
import dcos.metrics.inspector.viewmodel.Tone;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** States in words, the same everywhere. */
final class Outcomes {
  private Outcomes() {}

  static String outcome(CapturedRecord record) {
    String why = record.state() == RecordState.DAMAGED ? record.problem() : record.reason();
    return because(Words.of(record.state()), why);
  }

  static Tone tone(RecordState state) {
    return switch (state) {
      case RECEIVED -> Tone.QUIET;
      case BATCHING, SENDING -> Tone.BUSY;
      case DELIVERED, DRY_RUN -> Tone.GOOD;
      case THROTTLED_INPUT, THROTTLED_GLOBAL, UNKNOWN, UNKNOWN_VERDICT -> Tone.WARNING;
      case REJECTED_TOPIC, FAILED, DAMAGED -> Tone.BAD;
    };
  }

  static String state(CapturedDelivery delivery) {
    String state = Words.of(delivery.state());
    return switch (delivery.state()) {
      case BATCHING, SENDING, DRY_RUN -> state;
      case DELIVERED ->
          state
              + " "
              + delivery.partition()
              + "@"
              + delivery.offset()
              + (delivery.settleNanos().isPresent()
                  ? " in " + delivery.settleNanos().getAsLong() / 1_000_000 + " ms"
                  : "");
      case THROTTLED -> Words.of(RecordState.THROTTLED_GLOBAL);
      case FAILED, PARTLY_FAILED, UNKNOWN -> because(state, delivery.detail());
    };
  }

  static Tone tone(CapturedDelivery delivery) {
    return switch (delivery.state()) {
      case BATCHING, SENDING -> Tone.BUSY;
      case DELIVERED, DRY_RUN -> Tone.GOOD;
      case THROTTLED, UNKNOWN -> Tone.WARNING;
      case FAILED, PARTLY_FAILED -> Tone.BAD;
    };
  }

  static String trigger(@Nullable Trigger trigger) {
    return trigger == null ? "" : Words.of(trigger);
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
