// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.selfmetrics.SelfMetric.MetricKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A number that every topic has, read off its row of the ledger.
 *
 * @param component where a topic's records are when this happens to them
 * @param term what became of them, whatever the reason
 */
record TopicMetric(Component component, String term, Unit unit, MetricKind kind) {

  /** Every term of the ledger, in records and in bytes. */
  static final List<TopicMetric> ALL = selfMetrics();

  String name() {
    return term.replace('-', '_') + "_" + unit.noun;
  }

  long of(Counts topic) {
    return unit.of(topic, term);
  }

  private static List<TopicMetric> selfMetrics() {
    List<TopicMetric> selfMetrics = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (LedgerTerm term : LedgerTerm.counted()) {
      if (seen.add(term.kind())) {
        MetricKind kind = term == LedgerTerm.HELD ? MetricKind.GAUGE : MetricKind.COUNTER;
        for (Unit unit : Unit.values()) {
          selfMetrics.add(new TopicMetric(component(term), term.kind(), unit, kind));
        }
      }
    }
    return List.copyOf(selfMetrics);
  }

  private static Component component(LedgerTerm term) {
    boolean isOfMessages =
        term.severity() != LedgerTerm.Severity.NONE && !term.isDecidedOnArrival();
    return isOfMessages ? Component.KAFKA_OUTPUT : Component.TOPIC_SORTER;
  }
}
