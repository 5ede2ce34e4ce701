// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.inspector.recording.state.LedgerTotals;
import java.util.Map;

/** How many events, records and blocks cannot be shown. Guarded by the book's lock. */
public final class MissingData {
  private long skippedEvents;
  private long skippedRecords;
  private long skippedBytes;
  private long damagedBlocks;
  private long damagedRecords;
  private long unknownEvents;

  /** Nothing is. */
  MissingData() {}

  /** What could not be kept. */
  void skip(long events, long records, long bytes) {
    skippedEvents += events;
    skippedRecords += records;
    skippedBytes += bytes;
  }

  /** A block whose records are not there to be read. */
  void damage(int records) {
    damagedBlocks++;
    damagedRecords += records;
  }

  /**
   * Events of a newer version that this one does not support.
   *
   * @param total of all so far
   */
  public void setUnknownEvents(long total) {
    unknownEvents = total;
  }

  /** How many events of a newer version were skipped. */
  public long unknownEvents() {
    return unknownEvents;
  }

  /** Blocks that do not hold what they say. */
  public long damagedBlocks() {
    return damagedBlocks;
  }

  /** The records that those blocks say they hold. */
  public long damagedRecords() {
    return damagedRecords;
  }

  /** A ledger, with the number of skipped events. */
  LedgerTotals beside(Map<LedgerTerm, Long> records) {
    return new LedgerTotals(records, skippedEvents, skippedRecords, skippedBytes);
  }
}
