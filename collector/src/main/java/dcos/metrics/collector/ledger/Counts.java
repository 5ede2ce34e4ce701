// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

import java.util.EnumMap;
import java.util.Map;

/** Records and bytes of every term, at one instant. Immutable. */
public final class Counts {
  private final Map<Term, Long> records = new EnumMap<>(Term.class);
  private final Map<Term, Long> bytes = new EnumMap<>(Term.class);

  Counts(Row row) {
    for (Term term : Term.values()) {
      records.put(term, row.records(term));
      bytes.put(term, row.bytes(term));
    }
  }

  public long records(Term term) {
    return records.getOrDefault(term, 0L);
  }

  public long bytes(Term term) {
    return bytes.getOrDefault(term, 0L);
  }

  /** The sum of the terms of this kind, whatever their reason. */
  public long records(String kind) {
    return sum(records, kind);
  }

  /** The sum of the terms of this kind, whatever their reason. */
  public long bytes(String kind) {
    return sum(bytes, kind);
  }

  /** Whether the equation holds, in records and in bytes. */
  public boolean balances() {
    return imbalance(records) == 0 && imbalance(bytes) == 0;
  }

  private static long sum(Map<Term, Long> figures, String kind) {
    return figures.entrySet().stream()
        .filter(figure -> figure.getKey().kind().equals(kind))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static long imbalance(Map<Term, Long> figures) {
    return figures.entrySet().stream()
        .mapToLong(figure -> figure.getKey().isIncome() ? figure.getValue() : -figure.getValue())
        .sum();
  }
}
