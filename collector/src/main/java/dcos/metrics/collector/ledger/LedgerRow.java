// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

import dcos.metrics.collector.outcome.Term;

/** The figures of one source or one topic. Guarded by the ledger's lock. */
final class Row {
  private final String name;
  private final long[] records = new long[Term.values().length];
  private final long[] bytes = new long[Term.values().length];

  Row(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  long records(Term term) {
    return records[term.ordinal()];
  }

  long bytes(Term term) {
    return bytes[term.ordinal()];
  }

  long[] copyOfRecords() {
    return records.clone();
  }

  long[] copyOfBytes() {
    return bytes.clone();
  }

  void add(Term term, long moreRecords, long moreBytes) {
    records[term.ordinal()] += moreRecords;
    bytes[term.ordinal()] += moreBytes;
  }

  void addAll(Row other) {
    for (Term term : Term.values()) {
      add(term, other.records(term), other.bytes(term));
    }
  }

  boolean holdsNothing() {
    return records(Term.HELD) == 0;
  }

  boolean isUnused() {
    return records(Term.RECEIVED) == 0 && records(Term.RECOVERED) == 0;
  }
}
