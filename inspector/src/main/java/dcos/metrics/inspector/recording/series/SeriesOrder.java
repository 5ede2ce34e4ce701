// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.series;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What series are put in order by; those that are alike stay as they came.
 *
 * @param descending the last of the alphabet or the greatest first; what is no number is last
 *     either way
 */
public record SeriesOrder(SeriesSortKey by, boolean descending) {
  /** What of a series. */
  public enum SeriesSortKey {
    /** When it came first. */
    ARRIVAL,
    NAME,
    TAGS,
    TOPIC,
    /** Its last value. */
    LAST,
    /** Its datapoints a second. */
    RATE
  }

  public static final SeriesOrder ARRIVAL = new SeriesOrder(SeriesSortKey.ARRIVAL, false);

  /** A number as it was when it was looked at: it may change while others are compared. */
  private record Keyed(Series series, double key) {}

  /** Whether datapoints can change it, and not just series that come or go. */
  boolean isOfValues() {
    return by == SeriesSortKey.LAST || by == SeriesSortKey.RATE;
  }

  /**
   * A list in this order.
   *
   * @param series as they came
   */
  List<Series> of(List<Series> series) {
    return switch (by) {
      case ARRIVAL -> descending ? series.reversed() : series;
      case NAME -> byText(series, Series::name);
      case TAGS -> byText(series, Series::tagsText);
      case TOPIC -> byText(series, Series::topic);
      case LAST -> byNumber(series, Series::last);
      case RATE -> byNumber(series, Series::rate);
    };
  }

  private List<Series> byText(List<Series> series, Function<Series, String> text) {
    Comparator<Series> ascending = Comparator.comparing(text);
    return series.stream().sorted(descending ? ascending.reversed() : ascending).toList();
  }

  private List<Series> byNumber(List<Series> series, ToDoubleFunction<Series> number) {
    Comparator<Keyed> ascending = Comparator.comparingDouble(Keyed::key);
    Comparator<Keyed> wanted = descending ? ascending.reversed() : ascending;
    return series.stream()
        .map(one -> new Keyed(one, number.applyAsDouble(one)))
        .sorted(
            Comparator.<Keyed, Boolean>comparing(one -> Double.isNaN(one.key()))
                .thenComparing(wanted))
        .map(Keyed::series)
        .toList();
  }
}
