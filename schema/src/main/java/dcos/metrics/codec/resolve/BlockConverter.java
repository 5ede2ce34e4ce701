// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.binary.ValueReader;
import java.util.zip.DataFormatException;

/**
 * Converts the values of one block by a {@link ConversionPlan}, one after another. Not thread-safe.
 */
public final class BlockConverter {
  private static final int INITIAL_BYTES = 1024;

  private final SkipPlan shape;
  private final ConversionStep step;
  private final ValueReader in;
  private final RecordConverter rewriter;

  BlockConverter(SkipPlan shape, ConversionStep step, byte[] block, int limit) {
    this.shape = shape;
    this.step = step;
    this.in = new ValueReader(block);
    this.rewriter = new RecordConverter(in, new byte[Math.min(INITIAL_BYTES, limit)], limit);
  }

  /** Whether there are more bytes in the block. */
  public boolean hasNext() {
    return in.left() > 0;
  }

  /**
   * Converts the next value.
   *
   * @return false if it was skipped, because the reader's schema has nothing that it could become
   * @throws CorruptRecordException if the block is not valid by the writer's schema
   * @throws DataFormatException if the value exceeds the limit in the reader's encoding
   */
  public boolean convertNext() throws DataFormatException {
    int from = in.position();
    rewriter.clear();
    try {
      rewriter.rewriteOne(step);
      return true;
    } catch (UnsupportedValueException _) {
      in.moveTo(from);
      shape.skip(in);
      return false;
    }
  }

  /** The converted value; valid until the next one is converted. */
  public ValueReader value() {
    return new ValueReader(rewriter.array(), rewriter.length());
  }
}
