// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What tells the lines of a chart apart: each is called by what is not the same of all, and what
 * they share stands once in front.
 *
 * @param heading empty where nothing stands in front
 * @param texts of the lines, by their ids
 */
record ChartLabels(String heading, Map<Long, String> texts) {
  private static final String BETWEEN = "  ";

  static ChartLabels of(List<ChartLine> lines) {
    boolean isOneName = isShared(lines, ChartLine::name);
    boolean isOneTopic = isShared(lines, ChartLine::topic);
    List<String> keys =
        lines.stream()
            .flatMap(line -> line.tags().stream())
            .map(ChartLine.ChartTag::key)
            .distinct()
            .filter(key -> !isShared(lines, line -> values(line, key)))
            .toList();
    if (isOneName && isOneTopic && keys.isEmpty()) {
      return new ChartLabels("", texts(lines, ChartLabels::whole));
    }
    if (isOneName && isOneTopic && keys.size() == 1) {
      String key = keys.getFirst();
      return new ChartLabels(
          lines.getFirst().name() + " by " + key, texts(lines, line -> value(line, key)));
    }
    return new ChartLabels(
        isOneName ? lines.getFirst().name() : "",
        texts(lines, line -> differing(line, isOneName, isOneTopic, keys)));
  }

  private static boolean isShared(List<ChartLine> lines, Function<ChartLine, ?> part) {
    return lines.stream().map(part).distinct().limit(2).count() < 2;
  }

  private static Map<Long, String> texts(List<ChartLine> lines, Function<ChartLine, String> text) {
    Map<Long, String> texts = new LinkedHashMap<>();
    lines.forEach(line -> texts.put(line.id(), text.apply(line)));
    return texts;
  }

  /** Where nothing differs, or there is but one. */
  private static String whole(ChartLine line) {
    return line.tags().isEmpty()
        ? line.name()
        : line.name()
            + BETWEEN
            + line.tags().stream()
                .map(ChartLine.ChartTag::toString)
                .collect(Collectors.joining(" "));
  }

  private static String differing(
      ChartLine line, boolean isOneName, boolean isOneTopic, List<String> keys) {
    List<String> parts = new ArrayList<>();
    if (!isOneName) {
      parts.add(line.name());
    }
    if (!isOneTopic) {
      parts.add("topic=" + line.topic());
    }
    for (String key : keys) {
      parts.add(values(line, key).isEmpty() ? value(line, key) : key + "=" + value(line, key));
    }
    return String.join(BETWEEN, parts);
  }

  private static String value(ChartLine line, String key) {
    List<String> values = values(line, key);
    return values.isEmpty() ? "without " + key : String.join(",", values);
  }

  /** A key may stand more than once. */
  private static List<String> values(ChartLine line, String key) {
    return line.tags().stream()
        .filter(tag -> tag.key().equals(key))
        .map(ChartLine.ChartTag::value)
        .toList();
  }
}
