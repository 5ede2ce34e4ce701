// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.collector.filter.DatapointPredicate;
import dcos.metrics.collector.filter.Key;
import dcos.metrics.collector.filter.NumberPredicate;
import dcos.metrics.collector.filter.Subject;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a filter is asked about: a record or a delivery.
 *
 * @param texts what there is of each key; some go by several names
 */
record Found(Map<Key, List<String>> texts, Map<Key, Number> numbers, @Nullable MetricList metrics)
    implements Subject {

  @Override
  public boolean anyText(Key key, Predicate<CharSequence> test) {
    if (key == Key.TAG && metrics != null) {
      for (Tag tag : metrics.getTags()) {
        if (test.test(tag.getKey()) || test.test(tag.getValue())) {
          return true;
        }
      }
      return false;
    }
    return texts.getOrDefault(key, List.of()).stream().anyMatch(test);
  }

  @Override
  public boolean anyTagValue(String key, Predicate<CharSequence> test) {
    return metrics != null
        && metrics.getTags().stream()
            .anyMatch(tag -> tag.getKey().equals(key) && test.test(tag.getValue()));
  }

  @Override
  public boolean anyNumber(Key key, NumberPredicate test) {
    Number number = numbers.get(key);
    if (number instanceof Double fraction) {
      return test.test((double) fraction);
    }
    return number != null && test.test(number.longValue());
  }

  @Override
  public boolean anyDatapoint(DatapointPredicate test) {
    if (metrics == null) {
      return false;
    }
    for (Datapoint datapoint : metrics.getDatapoints()) {
      if (test.test(datapoint.getName(), datapoint.getValue())) {
        return true;
      }
    }
    return false;
  }
}
