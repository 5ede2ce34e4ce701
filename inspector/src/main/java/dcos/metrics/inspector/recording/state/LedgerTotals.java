// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.Map;

/**
 * The ledger's equation, counted from events: what the collector had when the recording began, and
 * what came since.
 *
 * @param records by term
 * @param skippedEvents that could not be kept
 * @param skippedRecords in the blocks among them; they count in {@code records} too
 * @param skippedBytes of the blocks among them
 */
public record LedgerTotals(
    Map<LedgerTerm, Long> records, long skippedEvents, long skippedRecords, long skippedBytes) {
  /** How many records a term counts. */
  public long records(LedgerTerm term) {
    return records.getOrDefault(term, 0L);
  }

  /** The sum of the terms of this kind, whatever their reason. */
  public long records(String kind) {
    return records.entrySet().stream()
        .filter(entry -> entry.getKey().kind().equals(kind))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
