// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

/**
 * Gathers encoded records into one self-contained, uncompressed object container of a single block.
 * Reusable: {@link #finish} empties it. Not thread-safe.
 */
public final class ContainerWriter {
  /** Adds whole records as they are. */
  public void append(byte[] bytes, int offset, int length, int records) {
    throw new UnsupportedOperationException("comes with the codec");
  }

  /**
   * Adds the record that the cursor stands on, with one more block of tags.
   *
   * @param bytes the array that the cursor steps through
   * @param tagBlock what {@link MetricLists#tagBlock} made; empty adds nothing
   */
  public void append(byte[] bytes, RecordCursor record, byte[] tagBlock) {
    throw new UnsupportedOperationException("comes with the codec");
  }

  /** The container with all that was appended, an array of its own. */
  public byte[] finish() {
    throw new UnsupportedOperationException("comes with the codec");
  }
}
