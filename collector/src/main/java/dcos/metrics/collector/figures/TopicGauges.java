// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.figures;

import dcos.metrics.collector.figures.Figure.Kind;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The gauges of a period by topic, for as many topics as the ledger has rows. A gauge that is zero
 * is told once after it was something else, and then no more: a node has many topics that rest. Not
 * thread-safe.
 */
final class TopicGauges {
  private final Differences<Key> differences = new Differences<>();
  // Gauges whose last value was not zero: the receiver keeps it until it is told another.
  private Set<String> standing = new HashSet<>();

  private record Key(String topic, TopicFigure figure) {}

  /** Ends a period: names without their common prefix, and values. */
  Map<String, Long> of(LedgerSnapshot ledger) {
    Map<String, Long> gauges = new LinkedHashMap<>();
    for (TopicFigure figure : TopicFigure.ALL) {
      addEachTopic(gauges, figure, ledger);
    }
    differences.endPeriod();
    Set<String> nowStanding = new HashSet<>();
    gauges.forEach(
        (name, value) -> {
          if (value != 0) {
            nowStanding.add(name);
          }
        });
    gauges.entrySet().removeIf(gauge -> gauge.getValue() == 0);
    standing.stream().filter(name -> !nowStanding.contains(name)).forEach(n -> gauges.put(n, 0L));
    standing = nowStanding;
    return gauges;
  }

  private void addEachTopic(Map<String, Long> gauges, TopicFigure figure, LedgerSnapshot ledger) {
    long ofTopics = 0;
    Counts others = null;
    for (LedgerSnapshot.Line line : ledger.topics()) {
      if (line.name().equals(Ledger.OTHER)) {
        others = line.counts();
      } else {
        long value = value(line.name(), figure, line.counts());
        ofTopics += value;
        // Two topics may differ only in what a name of StatsD can not hold: they share a gauge.
        gauges.merge(name(line.name(), figure), value, Long::sum);
      }
    }
    long ofAll = value("", figure, ledger.total());
    if (others != null) {
      // Not the difference of its row: that jumps by all that a topic ever had when it is folded.
      long ofOthers = figure.kind() == Kind.LEVEL ? figure.of(others) : ofAll - ofTopics;
      gauges.merge(name(Ledger.OTHER, figure), Math.max(0, ofOthers), Long::sum);
    }
  }

  /** The total goes by the empty name, which no row has as long as topics have one. */
  private long value(String topic, TopicFigure figure, Counts counts) {
    long value = figure.of(counts);
    return figure.kind() == Kind.LEVEL ? value : differences.since(new Key(topic, figure), value);
  }

  private static String name(String topic, TopicFigure figure) {
    return figure.component().metricName() + ".topics." + sanitised(topic) + "." + figure.name();
  }

  /** Dots part a name and {@code : | @ #} and line ends part a gauge: none may be in a topic's. */
  private static String sanitised(String topic) {
    StringBuilder name = new StringBuilder(topic.length());
    for (int i = 0; i < topic.length(); i++) {
      char c = topic.charAt(i);
      boolean plain = c == '-' || (c < 128 && Character.isLetterOrDigit(c));
      name.append(plain ? c : '_');
    }
    return name.toString();
  }
}
