// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.EnumMap;
import java.util.Map;

/** Records by term of the ledger's equation. Guarded by the recording's lock. */
public final class LedgerTermCounts {
  private final long[] records = new long[LedgerTerm.values().length];

  void add(LedgerTerm term, long count) {
    records[term.ordinal()] += count;
  }

  /** So many came in, and are held. */
  public void receive(long count) {
    add(LedgerTerm.RECEIVED, count);
    add(LedgerTerm.HELD, count);
  }

  /** So many of those held are somewhere now. */
  public void settle(LedgerTerm term, long count) {
    add(LedgerTerm.HELD, -count);
    add(term, count);
  }

  void addAll(Counts counts) {
    for (LedgerTerm term : LedgerTerm.values()) {
      add(term, counts.records(term));
    }
  }

  public long records(LedgerTerm term) {
    return records[term.ordinal()];
  }

  Map<LedgerTerm, Long> toMap() {
    Map<LedgerTerm, Long> map = new EnumMap<>(LedgerTerm.class);
    for (LedgerTerm term : LedgerTerm.values()) {
      map.put(term, records(term));
    }
    return Map.copyOf(map);
  }
}
