// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.codec.RecordBlock;

/**
 * Whole records of a held block, which other messages may share; each slice is released once.
 *
 * @param first how many records of the held block come before these
 */
public record Slice(HeldBlock held, RecordBlock records, int first) {
  /** All records of a held block. */
  public static Slice all(HeldBlock held, RecordBlock records) {
    return new Slice(held, records, 0);
  }

  public void release() {
    held.release();
  }
}
