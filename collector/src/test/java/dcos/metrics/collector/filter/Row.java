// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A subject of whatever a test says, which counts what it is asked. */
final class Row implements FilterSubject {
  record Point(String name, double value) {}

  private final Map<FilterKey, String> texts;
  private final Map<FilterKey, Object> numbers;
  private final Map<String, String> tags;
  private final List<Point> points;
  final List<Object> asked = new ArrayList<>();
  int offeredPoints;

  Row(
      Map<FilterKey, String> texts,
      Map<FilterKey, Object> numbers,
      Map<String, String> tags,
      Point... points) {
    this.texts = texts;
    this.numbers = numbers;
    this.tags = tags;
    this.points = List.of(points);
  }

  static Row record(Point... points) {
    return new Row(
        Map.of(
            FilterKey.TOPIC,
            "web-1",
            FilterKey.SOURCE,
            "tcp 127.0.0.1:40122",
            FilterKey.VERDICT,
            "throttled (input-limit)"),
        Map.of(FilterKey.BYTES, 1500L, FilterKey.TIME, 1_769_861_071_250L),
        Map.of("host", "a1", "my key", "Ünï x"),
        points);
  }

  static Row delivery() {
    return new Row(
        Map.of(FilterKey.TOPIC, "web", FilterKey.STATE, "delivered", FilterKey.TRIGGER, "count"),
        Map.of(
            FilterKey.MESSAGE, 7L,
            FilterKey.RECORDS, 20L,
            FilterKey.PARTITION, 3L,
            FilterKey.OFFSET, 9_007_199_254_740_993L,
            FilterKey.MS, 12.5),
        Map.of());
  }

  @Override
  public boolean anyText(FilterKey key, Predicate<CharSequence> test) {
    asked.add(key);
    if (key == FilterKey.TAG) {
      return tags.entrySet().stream()
          .anyMatch(tag -> test.test(tag.getKey()) || test.test(tag.getValue()));
    }
    String text = texts.get(key);
    return text != null && test.test(text);
  }

  @Override
  public boolean anyTagValue(String tag, Predicate<CharSequence> test) {
    asked.add(tag);
    String value = tags.get(tag);
    return value != null && test.test(value);
  }

  @Override
  public boolean anyNumber(FilterKey key, NumberPredicate test) {
    asked.add(key);
    return switch (numbers.get(key)) {
      case Long number -> test.test(number.longValue());
      case Double number -> test.test(number.doubleValue());
      case null, default -> false;
    };
  }

  @Override
  public boolean anyDatapoint(DatapointPredicate test) {
    for (Point point : points) {
      offeredPoints++;
      if (test.test(point.name(), point.value())) {
        return true;
      }
    }
    return false;
  }
}
