// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.codec.record.RecordBlock;

/**
 * Whole records of a held block, which other messages may share; each slice is released once.
 *
 * @param first how many records of the held block come before these
 */
public record RecordSlice(HeldBlock held, RecordBlock records, int first) {
  /** All records of a held block. */
  public static RecordSlice all(HeldBlock held, RecordBlock records) {
    return new RecordSlice(held, records, 0);
  }

  public void release() {
    held.release();
  }
}
