// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.book;

import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.outcome.Term;
import java.util.EnumMap;
import java.util.Map;

/** Records by term of the ledger's equation. Guarded by the recording's lock. */
public final class Tally {
  private final long[] records = new long[Term.values().length];

  void add(Term term, long count) {
    records[term.ordinal()] += count;
  }

  /** So many came in, and are held. */
  public void receive(long count) {
    add(Term.RECEIVED, count);
    add(Term.HELD, count);
  }

  /** So many of those held are somewhere now. */
  public void settle(Term term, long count) {
    add(Term.HELD, -count);
    add(term, count);
  }

  void addAll(Counts counts) {
    for (Term term : Term.values()) {
      add(term, counts.records(term));
    }
  }

  public long records(Term term) {
    return records[term.ordinal()];
  }

  Map<Term, Long> toMap() {
    Map<Term, Long> map = new EnumMap<>(Term.class);
    for (Term term : Term.values()) {
      map.put(term, records(term));
    }
    return Map.copyOf(map);
  }
}
