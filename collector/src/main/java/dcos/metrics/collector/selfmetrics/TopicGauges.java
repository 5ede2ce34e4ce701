// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.selfmetrics.SelfMetric.MetricKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The gauges of a period by topic, for as many topics as the ledger has rows. A gauge that is zero
 * is told once after it was something else, and then no more: a node has many topics that rest. A
 * period tells of no more topics than that, though others have come in the place of those that it
 * told of before: what has become zero waits for a period with room. Not thread-safe.
 */
final class TopicGauges {
  /** The ledger's rows, and the others. */
  private static final int MAX_TOPICS = Ledger.MAX_ROWS + 1;

  private final CounterDeltas<TopicGaugeKey> differences = new CounterDeltas<>();
  // By topic, gauges whose last value was not zero: the receiver keeps it until it is told another.
  // Those that wait for room come first.
  private Map<String, Set<String>> standing = new LinkedHashMap<>();

  private record TopicGaugeKey(String topic, TopicMetric selfMetric) {}

  /** Ends a period: names without their common prefix, and values. */
  Map<String, Long> of(LedgerSnapshot ledger) {
    Map<String, Map<String, Long>> byTopic = new LinkedHashMap<>();
    for (TopicMetric selfMetric : TopicMetric.ALL) {
      addEachTopic(byTopic, selfMetric, ledger);
    }
    differences.endPeriod();
    byTopic.values().forEach(values -> values.values().removeIf(value -> value == 0));
    byTopic.values().removeIf(Map::isEmpty);
    Map<String, Long> gauges = new LinkedHashMap<>();
    byTopic.values().forEach(gauges::putAll);
    Map<String, Set<String>> waiting = addZeroes(gauges, byTopic.keySet());
    standing = waiting;
    byTopic.forEach((topic, values) -> standing.put(topic, values.keySet()));
    return gauges;
  }

  /** Returns those for which there is no room, the ones that have waited longest first. */
  private Map<String, Set<String>> addZeroes(Map<String, Long> gauges, Set<String> reported) {
    Map<String, Set<String>> waiting = new LinkedHashMap<>();
    int room = MAX_TOPICS - reported.size();
    for (Map.Entry<String, Set<String>> topic : standing.entrySet()) {
      if (reported.contains(topic.getKey()) || room-- > 0) {
        topic.getValue().forEach(name -> gauges.putIfAbsent(name, 0L));
      } else if (waiting.size() < MAX_TOPICS) { // else new topics never end: it stays as it was
        waiting.put(topic.getKey(), topic.getValue());
      }
    }
    return waiting;
  }

  private void addEachTopic(
      Map<String, Map<String, Long>> byTopic, TopicMetric selfMetric, LedgerSnapshot ledger) {
    long ofTopics = 0;
    Counts others = null;
    for (LedgerSnapshot.Line line : ledger.topics()) {
      if (line.name().equals(Ledger.OTHER)) {
        others = line.counts();
      } else {
        long value = value(line.name(), selfMetric, line.counts());
        ofTopics += value;
        // Two topics may differ only in what a name of StatsD can not hold: they share a gauge.
        add(byTopic, line.name(), selfMetric, value);
      }
    }
    long ofAll = value("", selfMetric, ledger.total());
    if (others != null) {
      // Not the difference of its row: that jumps by all that a topic ever had when it is folded.
      long ofOthers =
          selfMetric.kind() == MetricKind.GAUGE ? selfMetric.of(others) : ofAll - ofTopics;
      add(byTopic, Ledger.OTHER, selfMetric, Math.max(0, ofOthers));
    }
  }

  private static void add(
      Map<String, Map<String, Long>> byTopic, String topic, TopicMetric selfMetric, long value) {
    String sanitised = sanitised(topic);
    byTopic
        .computeIfAbsent(sanitised, _ -> new LinkedHashMap<>())
        .merge(name(sanitised, selfMetric), value, Long::sum);
  }

  /** The total goes by the empty name, which no row has as long as topics have one. */
  private long value(String topic, TopicMetric selfMetric, Counts counts) {
    long value = selfMetric.of(counts);
    return selfMetric.kind() == MetricKind.GAUGE
        ? value
        : differences.since(new TopicGaugeKey(topic, selfMetric), value);
  }

  private static String name(String sanitised, TopicMetric selfMetric) {
    return selfMetric.component().metricName() + ".topics." + sanitised + "." + selfMetric.name();
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
