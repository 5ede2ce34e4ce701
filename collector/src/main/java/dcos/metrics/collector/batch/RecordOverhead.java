// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import org.jspecify.annotations.Nullable;

/**
 * Charges what records take beside their bytes. When its own budget is used up, as by thousands of
 * topics with a record each, it takes free memory of the records' budget, but waits for its own
 * alone. Thread-safe.
 */
final class RecordOverhead {
  // No charge is more than this share of the budget: something must be left to send records with.
  private static final int MAX_SHARE = 4;

  private final MemoryBudget own;
  private final MemoryBudget records;

  RecordOverhead(MemoryBudget own, MemoryBudget records) {
    this.own = own;
    this.records = records;
  }

  /** Null if neither budget has as many bytes free. Never waits. */
  @Nullable Reservation tryReserve(long bytes) {
    Reservation reservation = own.tryReserve(bytes);
    return reservation == null ? records.tryReserve(bytes) : reservation;
  }

  /**
   * Waits if neither budget has as many bytes free; nothing is lost if that is interrupted. At most
   * a quarter of the budget is taken for the record ranges of one block.
   */
  Reservation reserve(long bytes) {
    long bounded = Math.min(bytes, own.limitBytes() / MAX_SHARE);
    Reservation reservation = tryReserve(bounded);
    return reservation == null ? own.reserveEvenIfInterrupted(bounded) : reservation;
  }

  /** Waits for all of this, or for the whole budget if it is more. */
  Reservation await(long bytes) {
    return own.reserveEvenIfInterrupted(Math.min(bytes, own.limitBytes()));
  }
}
