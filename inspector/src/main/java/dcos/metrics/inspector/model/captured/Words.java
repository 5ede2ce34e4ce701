// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.captured;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.DatapointPredicate;
import dcos.metrics.collector.filter.Key;
import dcos.metrics.collector.filter.NumberPredicate;
import dcos.metrics.collector.filter.Subject;
import dcos.metrics.collector.message.Trigger;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.inspector.model.series.Series;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What states are called, in filters as in rows, and what filters may ask of series and messages.
 */
public final class Words {
  // What earlier versions called them in filters.
  private static final String FORMERLY_UNDELIVERABLE = "failed";
  private static final String FORMERLY_REJECTED = "rejected: topic";
  private static final String FORMERLY_UNKNOWN = "unknown: verdict";
  private static final String FORMERLY_QUEUED = "batching";
  private static final String FORMERLY_IN_MESSAGE = "sending";

  private Words() {}

  /** Such as {@code count}. */
  public static String of(Trigger trigger) {
    return trigger.name().toLowerCase(Locale.ROOT);
  }

  /** What was decided when it came in: accepted, throttled, rejected, or nothing yet. */
  public static String verdict(RecordState state) {
    return switch (state.stage()) {
      case RECEIVED -> "";
      case IN_BATCH, IN_MESSAGE -> Event.Run.ACCEPTED;
      case DAMAGED -> state.name();
      case SETTLED -> isDecidedAtOnce(state) ? state.name() : Event.Run.ACCEPTED;
    };
  }

  /** What became of its message, as far as it is in one. */
  public static String state(RecordState state) {
    return switch (state.stage()) {
      case IN_BATCH -> MessageState.QUEUED.name();
      case IN_MESSAGE -> MessageState.SENDING.name();
      case RECEIVED, DAMAGED -> "";
      case SETTLED -> isDecidedAtOnce(state) ? "" : state.name();
    };
  }

  /** Whether it had its outcome before it could be in a message. */
  private static boolean isDecidedAtOnce(RecordState state) {
    return state.outcome().filter(Words::isDecidedAtOnce).isPresent();
  }

  private static boolean isDecidedAtOnce(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Throttled(var limit) -> limit == Outcome.Limit.INPUT;
      case Outcome.Rejected _ -> true;
      case Outcome.Unknown(String name) -> name.isEmpty();
      case Outcome.Delivered _, Outcome.DryRun _, Outcome.Undeliverable _ -> false;
    };
  }

  /** Whether a filter that asks for an outcome finds a record. */
  public static boolean anyOutcome(RecordState state, Predicate<CharSequence> test) {
    return test.test(state.name())
        || test.test(state.label())
        || anyFormer(state, test)
        || anyReason(state.name(), state.why(), test);
  }

  private static boolean anyFormer(RecordState state, Predicate<CharSequence> test) {
    return switch (state.stage()) {
      case IN_BATCH -> test.test(FORMERLY_QUEUED);
      case IN_MESSAGE -> test.test(FORMERLY_IN_MESSAGE);
      case SETTLED ->
          switch (state.outcome().orElseThrow()) {
            case Outcome.Undeliverable _ -> anyReason(FORMERLY_UNDELIVERABLE, state.why(), test);
            case Outcome.Rejected _ -> test.test(FORMERLY_REJECTED);
            case Outcome.Unknown(String name) -> name.isEmpty() && test.test(FORMERLY_UNKNOWN);
            case Outcome.Delivered _, Outcome.DryRun _, Outcome.Throttled _ -> false;
          };
      case RECEIVED, DAMAGED -> false;
    };
  }

  /** Whether a filter that asks for the state of a message finds a record that is in it. */
  public static boolean anyState(RecordState record, Predicate<CharSequence> test) {
    String state = state(record);
    return !state.isEmpty() && (anyReason(state, record.why(), test) || anyFormer(record, test));
  }

  /** Whether a text finds a word, alone or with why. */
  public static boolean anyReason(String word, String why, Predicate<CharSequence> test) {
    return !word.isEmpty() && (test.test(word) || (!why.isEmpty() && test.test(word + ": " + why)));
  }

  /** A message, for a filter. */
  public static Subject subject(CapturedDelivery delivery) {
    return new DeliverySubject(delivery);
  }

  /** A series with its last value, for a filter. */
  public static Subject subject(Series series) {
    return new SeriesSubject(series);
  }

  private record DeliverySubject(CapturedDelivery delivery) implements Subject {
    @Override
    public boolean anyText(Key key, Predicate<CharSequence> test) {
      Trigger trigger = delivery.trigger();
      return switch (key) {
        case TOPIC -> test.test(delivery.topic());
        case OUTCOME ->
            (delivery.state().isHeld() && test.test(Term.HELD.kind())) || anyState(test);
        case STATE -> anyState(test);
        case TRIGGER -> trigger != null && test.test(of(trigger));
        default -> false;
      };
    }

    private boolean anyState(Predicate<CharSequence> test) {
      MessageState state = delivery.state();
      return anyReason(state.name(), delivery.detail(), test)
          || test.test(state.term().map(Term::label).orElse(""))
          || anyFormer(state, test);
    }

    private boolean anyFormer(MessageState state, Predicate<CharSequence> test) {
      if (state.stage() == MessageState.Stage.QUEUED) {
        return test.test(FORMERLY_QUEUED);
      }
      return state.term().filter(term -> term.kind().equals(Term.Kinds.UNDELIVERABLE)).isPresent()
          && anyReason(
              (state.partly() ? "partly " : "") + FORMERLY_UNDELIVERABLE, delivery.detail(), test);
    }

    @Override
    public boolean anyTagValue(String tag, Predicate<CharSequence> test) {
      return false;
    }

    @Override
    public boolean anyNumber(Key key, NumberPredicate test) {
      return switch (key) {
        case MESSAGE -> delivery.id() >= 0 && test.test(delivery.id());
        case RECORDS -> test.test(delivery.records());
        case BYTES -> test.test(delivery.bytes());
        case PARTITION -> delivery.receipt().filter(at -> test.test(at.partition())).isPresent();
        case OFFSET -> delivery.receipt().filter(at -> test.test(at.offset())).isPresent();
        case TIME -> test.test(delivery.wallMs());
        case MS ->
            delivery.settleNanos().isPresent()
                && test.test(delivery.settleNanos().getAsLong() / 1e6);
        default -> false;
      };
    }

    @Override
    public boolean anyDatapoint(DatapointPredicate test) {
      return false;
    }
  }

  private record SeriesSubject(Series series) implements Subject {
    @Override
    public boolean anyText(Key key, Predicate<CharSequence> test) {
      return switch (key) {
        case TOPIC -> test.test(series.topic());
        case TAG ->
            series.tags().stream()
                .anyMatch(tag -> test.test(tag.getKey()) || test.test(tag.getValue()));
        default -> false;
      };
    }

    @Override
    public boolean anyTagValue(String wanted, Predicate<CharSequence> test) {
      return series.tags().stream()
          .anyMatch(tag -> tag.getKey().equals(wanted) && test.test(tag.getValue()));
    }

    @Override
    public boolean anyNumber(Key key, NumberPredicate test) {
      return key == Key.TIME && test.test(series.lastTimeMs());
    }

    @Override
    public boolean anyDatapoint(DatapointPredicate test) {
      return test.test(series.name(), series.last());
    }
  }
}
