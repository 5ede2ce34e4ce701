// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.record.MetricListSchema;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/** A schema that some container was written with, and how its records become ours. Immutable. */
public final class WriterSchema {
  /** Our own, as we write it. */
  static final WriterSchema OWN = new WriterSchema(MetricListSchema.TEXT, null, 0);

  /** What an object of a plan takes, its references included; on the safe side. */
  private static final int PLAN_NODE_BYTES = 64;

  private final String text;
  private final @Nullable ConversionStep plan;
  private final long weightBytes;

  private WriterSchema(String text, @Nullable ConversionStep plan, long weightBytes) {
    this.text = text;
    this.plan = plan;
    this.weightBytes = weightBytes;
  }

  /** A schema in other words than ours, and the same encoding. */
  static WriterSchema passedThrough(String text) {
    return new WriterSchema(text, null, textBytes(text));
  }

  /** A schema of another encoding. */
  static WriterSchema rewritten(String text, ConversionStep plan, int planNodes) {
    return new WriterSchema(text, plan, textBytes(text) + (long) PLAN_NODE_BYTES * planNodes);
  }

  public String text() {
    return text;
  }

  public boolean isRewritten() {
    return plan != null;
  }

  /** About how much memory it takes while it is held, in bytes. */
  long weightBytes() {
    return weightBytes;
  }

  /**
   * Turns a whole block into records of ours, all of them walked; the same array where the encoding
   * is ours already.
   *
   * @throws CorruptRecordException at an index of the array handed in, if it does not hold exactly
   *     this number of records
   * @throws DataFormatException if it does not fit the limit in our encoding
   */
  public RecordBlock toOurs(byte[] bytes, int records, int limit) throws DataFormatException {
    if (plan == null) {
      walk(bytes, records);
      return new RecordBlock(bytes, 0, bytes.length, records);
    }
    byte[] ours = RecordConverter.rewrite(bytes, records, plan, limit);
    return new RecordBlock(ours, 0, ours.length, records);
  }

  private static void walk(byte[] bytes, int records) {
    var cursor = new RecordCursor(bytes, 0, bytes.length);
    for (int i = 0; i < records; i++) {
      if (!cursor.next()) {
        throw CorruptRecordException.tooFew(bytes.length, i, records);
      }
    }
    if (cursor.end() < bytes.length) {
      throw CorruptRecordException.tooMany(cursor.end(), bytes.length, records);
    }
  }

  /** What a text takes at most, in bytes. */
  static long textBytes(String text) {
    return 2L * text.length();
  }
}
