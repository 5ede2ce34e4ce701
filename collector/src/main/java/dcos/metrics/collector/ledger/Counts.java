// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

import dcos.metrics.collector.outcome.LedgerTerm;

/** Records and bytes of every term, at one instant. Immutable. */
public final class Counts {
  private static final LedgerTerm[] TERMS = LedgerTerm.values();

  // By the term's ordinal: a snapshot has some thousand of these.
  private final long[] records;
  private final long[] bytes;

  Counts(LedgerRow row) {
    records = row.copyOfRecords();
    bytes = row.copyOfBytes();
  }

  private Counts(long[] records, long[] bytes) {
    this.records = records;
    this.bytes = bytes;
  }

  /**
   * Counts that were written down elsewhere.
   *
   * @param records by the term's ordinal
   * @param bytes by the term's ordinal
   * @throws IllegalArgumentException if there are more or fewer than terms
   */
  public static Counts of(long[] records, long[] bytes) {
    if (records.length != TERMS.length || bytes.length != TERMS.length) {
      throw new IllegalArgumentException(
          "%d and %d figures for %d terms".formatted(records.length, bytes.length, TERMS.length));
    }
    return new Counts(records.clone(), bytes.clone());
  }

  public long records(LedgerTerm term) {
    return records[term.ordinal()];
  }

  public long bytes(LedgerTerm term) {
    return bytes[term.ordinal()];
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

  private static long sum(long[] selfMetrics, String kind) {
    long sum = 0;
    for (LedgerTerm term : TERMS) {
      if (term.kind().equals(kind)) {
        sum += selfMetrics[term.ordinal()];
      }
    }
    return sum;
  }

  private static long imbalance(long[] selfMetrics) {
    long sum = 0;
    for (LedgerTerm term : TERMS) {
      sum += term.isIncome() ? selfMetrics[term.ordinal()] : -selfMetrics[term.ordinal()];
    }
    return sum;
  }
}
