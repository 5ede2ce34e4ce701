// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.figures;

import dcos.metrics.collector.figures.Figure.Kind;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.outcome.Term;
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
record TopicFigure(Component component, String term, Unit unit, Kind kind) {

  /** Every term of the ledger, in records and in bytes. */
  static final List<TopicFigure> ALL = figures();

  String name() {
    return term.replace('-', '_') + "_" + unit.noun;
  }

  long of(Counts topic) {
    return unit.of(topic, term);
  }

  private static List<TopicFigure> figures() {
    List<TopicFigure> figures = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Term term : Term.counted()) {
      if (seen.add(term.kind())) {
        Kind kind = term == Term.HELD ? Kind.LEVEL : Kind.COUNT;
        for (Unit unit : Unit.values()) {
          figures.add(new TopicFigure(component(term), term.kind(), unit, kind));
        }
      }
    }
    return List.copyOf(figures);
  }

  private static Component component(Term term) {
    boolean isOfMessages = term.severity() != Term.Severity.NONE && !term.isDecidedOnArrival();
    return isOfMessages ? Component.KAFKA_OUTPUT : Component.TOPIC_SORTER;
  }
}
