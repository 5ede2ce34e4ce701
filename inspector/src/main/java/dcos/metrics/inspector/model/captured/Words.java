// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.captured;

import dcos.metrics.collector.filter.DatapointPredicate;
import dcos.metrics.collector.filter.Key;
import dcos.metrics.collector.filter.NumberPredicate;
import dcos.metrics.collector.filter.Subject;
import dcos.metrics.collector.message.Outcome;
import dcos.metrics.collector.message.Trigger;
import dcos.metrics.inspector.model.series.Series;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What states are called, in filters as in rows, and what filters may ask of series and messages.
 */
public final class Words {
  /** As the ledger calls what is neither delivered nor lost yet. */
  public static final String HELD = "held";

  private static final String DRY_RUN = "dry-run";

  private Words() {}

  /** Such as {@code partly failed}, and {@code dry-run} as the ledger has it. */
  public static String of(DeliveryState state) {
    return state == DeliveryState.DRY_RUN ? DRY_RUN : lower(state.name());
  }

  /** Such as {@code count}. */
  public static String of(Trigger trigger) {
    return lower(trigger.name());
  }

  /** Such as {@code throttled: input limit}; the whole of it, for a row. */
  public static String of(RecordState state) {
    return switch (state) {
      case THROTTLED_INPUT -> "throttled: input limit";
      case THROTTLED_GLOBAL -> "throttled: global limit";
      case REJECTED_TOPIC -> "rejected: topic";
      case DRY_RUN -> DRY_RUN;
      case UNKNOWN_VERDICT -> "unknown: verdict";
      case RECEIVED, BATCHING, SENDING, DELIVERED, FAILED, DAMAGED, UNKNOWN -> lower(state.name());
    };
  }

  /** Whether the ledger holds it. */
  public static boolean isHeld(RecordState state) {
    return state == RecordState.BATCHING || state == RecordState.SENDING;
  }

  /** Whether the ledger holds its records. */
  private static boolean isHeld(DeliveryState state) {
    return state == DeliveryState.BATCHING || state == DeliveryState.SENDING;
  }

  /** The same without why, such as {@code throttled}. */
  public static String outcome(RecordState state) {
    return switch (state) {
      case THROTTLED_INPUT, THROTTLED_GLOBAL -> "throttled";
      case REJECTED_TOPIC -> "rejected";
      case UNKNOWN_VERDICT -> "unknown";
      case DRY_RUN -> DRY_RUN;
      case RECEIVED, BATCHING, SENDING, DELIVERED, FAILED, DAMAGED, UNKNOWN -> lower(state.name());
    };
  }

  /** What was decided when it came in: accepted, throttled, rejected, or nothing yet. */
  public static String verdict(RecordState state) {
    return switch (state) {
      case RECEIVED -> "";
      case BATCHING, SENDING, DELIVERED, DRY_RUN, THROTTLED_GLOBAL, FAILED, UNKNOWN -> "accepted";
      case THROTTLED_INPUT -> "throttled";
      case REJECTED_TOPIC -> "rejected";
      case UNKNOWN_VERDICT -> "unknown";
      case DAMAGED -> "damaged";
    };
  }

  /** The same as of its message, as far as it has one. */
  public static String state(RecordState state) {
    return switch (state) {
      case RECEIVED, THROTTLED_INPUT, REJECTED_TOPIC, DAMAGED, UNKNOWN_VERDICT -> "";
      case THROTTLED_GLOBAL -> "throttled";
      case DRY_RUN -> DRY_RUN;
      case BATCHING, SENDING, DELIVERED, FAILED, UNKNOWN -> lower(state.name());
    };
  }

  /** A message, for a filter. */
  public static Subject subject(CapturedDelivery delivery) {
    return new DeliverySubject(delivery);
  }

  /** A series with its last value, for a filter. */
  public static Subject subject(Series series) {
    return new SeriesSubject(series);
  }

  /** Such as {@code not authorized}. */
  public static String of(Outcome.Reason reason) {
    return lower(reason.name());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private record DeliverySubject(CapturedDelivery delivery) implements Subject {
    @Override
    public boolean anyText(Key key, Predicate<CharSequence> test) {
      Trigger trigger = delivery.trigger();
      return switch (key) {
        case TOPIC -> test.test(delivery.topic());
        case OUTCOME -> (isHeld(delivery.state()) && test.test(HELD)) || anyState(test);
        case STATE -> anyState(test);
        case TRIGGER -> trigger != null && test.test(of(trigger));
        default -> false;
      };
    }

    private boolean anyState(Predicate<CharSequence> test) {
      String state = of(delivery.state());
      return test.test(state)
          || (!delivery.detail().isEmpty() && test.test(state + ": " + delivery.detail()));
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
        case PARTITION -> delivery.partition() >= 0 && test.test(delivery.partition());
        case OFFSET -> delivery.offset() >= 0 && test.test(delivery.offset());
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
