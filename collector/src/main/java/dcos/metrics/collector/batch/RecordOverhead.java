// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.collector.memory.Budget;
import dcos.metrics.collector.memory.Charge;
import org.jspecify.annotations.Nullable;

/**
 * Charges what records take beside their bytes. When its own budget is used up, as by thousands of
 * topics with a record each, it takes free memory of the records' budget, but waits for its own
 * alone. Thread-safe.
 */
final class Pieces {
  // No charge is more than this share of the budget: something must be left to send records with.
  private static final int MOST_SHARE = 4;

  private final Budget own;
  private final Budget records;

  Pieces(Budget own, Budget records) {
    this.own = own;
    this.records = records;
  }

  /** Null if neither budget has as many bytes free. Never waits. */
  @Nullable Charge tryCharge(long bytes) {
    Charge charge = own.tryCharge(bytes);
    return charge == null ? records.tryCharge(bytes) : charge;
  }

  /**
   * Waits if neither budget has as many bytes free; nothing is lost if that is interrupted. At most
   * a quarter of the budget is taken for the record ranges of one block.
   */
  Charge charge(long bytes) {
    long bounded = Math.min(bytes, own.limitBytes() / MOST_SHARE);
    Charge charge = tryCharge(bounded);
    return charge == null ? own.chargeEvenIfInterrupted(bounded) : charge;
  }

  /** Waits for all of this, or for the whole budget if it is more. */
  Charge await(long bytes) {
    return own.chargeEvenIfInterrupted(Math.min(bytes, own.limitBytes()));
  }
}
