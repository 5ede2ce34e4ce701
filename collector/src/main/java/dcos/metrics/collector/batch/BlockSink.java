// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.memory.Reservation;

/** Where blocks enter the pipeline. Thread-safe. */
@FunctionalInterface
public interface BlockSink {
  /** What a block's own bookkeeping takes, on top of its bytes. */
  int OVERHEAD_BYTES = 256;

  /**
   * Takes a walked block over, whole, and its charge. May wait for memory; nothing is lost if that
   * is interrupted.
   *
   * @param id of the block, of its own in this run
   * @param reservation at least {@link #reservationFor} the block's array
   */
  void accept(
      Source source, long id, RecordBlock block, Reservation reservation, RateLimit rateLimit);

  /** What to charge for an array of this many bytes. */
  static long reservationFor(long bytes) {
    return bytes + OVERHEAD_BYTES;
  }
}
