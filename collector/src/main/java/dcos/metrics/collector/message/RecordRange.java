// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

/**
 * Records of a block that follow one another.
 *
 * @param block the id of the block, as in {@code BlockReceived} events
 * @param first the first of the records, counted from 0 in the block
 * @param records how many, at least one
 */
public record RecordRange(long block, int first, int records) {
  /** Whether it is one of these. */
  public boolean holds(long blockId, int record) {
    return block == blockId && record >= first && record - first < records;
  }
}
