// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.util.function.Predicate;

/** A series with its last value, for a filter. */
record SeriesSubject(SeriesFacts facts) implements FilterSubject {
  @Override
  public boolean anyText(FilterKey key, Predicate<CharSequence> test) {
    return switch (key) {
      case TOPIC -> test.test(facts.topic());
      case TAG ->
          facts.tags().stream()
              .anyMatch(tag -> test.test(tag.getKey()) || test.test(tag.getValue()));
      default -> false;
    };
  }

  @Override
  public boolean anyTagValue(String wanted, Predicate<CharSequence> test) {
    return facts.tags().stream()
        .anyMatch(tag -> tag.getKey().equals(wanted) && test.test(tag.getValue()));
  }

  @Override
  public boolean anyNumber(FilterKey key, NumberPredicate test) {
    return key == FilterKey.TIME && test.test(facts.lastTimeMs());
  }

  @Override
  public boolean anyDatapoint(DatapointPredicate test) {
    return test.test(facts.name(), facts.last());
  }
}
