// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

import dcos.metrics.collector.outcome.LedgerTerm;

/** The figures of one source or one topic. Guarded by the ledger's lock. */
final class LedgerRow {
  private final String name;
  private final long[] records = new long[LedgerTerm.values().length];
  private final long[] bytes = new long[LedgerTerm.values().length];

  LedgerRow(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  long records(LedgerTerm term) {
    return records[term.ordinal()];
  }

  long bytes(LedgerTerm term) {
    return bytes[term.ordinal()];
  }

  long[] copyOfRecords() {
    return records.clone();
  }

  long[] copyOfBytes() {
    return bytes.clone();
  }

  void add(LedgerTerm term, long moreRecords, long moreBytes) {
    records[term.ordinal()] += moreRecords;
    bytes[term.ordinal()] += moreBytes;
  }

  void addAll(LedgerRow other) {
    for (LedgerTerm term : LedgerTerm.values()) {
      add(term, other.records(term), other.bytes(term));
    }
  }

  boolean holdsNothing() {
    return records(LedgerTerm.HELD) == 0;
  }

  boolean isUnused() {
    return records(LedgerTerm.RECEIVED) == 0 && records(LedgerTerm.RECOVERED) == 0;
  }
}
