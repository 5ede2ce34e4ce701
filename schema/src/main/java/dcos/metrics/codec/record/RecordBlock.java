// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import java.util.Objects;

/**
 * Whole records in our encoding, one behind the other, walked and in bounds. The array must not be
 * changed.
 *
 * @param bytes the array that holds them
 * @param offset where the first record begins
 * @param length the records' length in bytes
 * @param records how many they are
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: a copy is what this avoids
public record RecordBlock(byte[] bytes, int offset, int length, int records) {
  public RecordBlock {
    Objects.checkFromIndexSize(offset, length, bytes.length);
  }

  /** Stands before the first record. */
  public RecordCursor cursor() {
    return new RecordCursor(bytes, offset, offset + length);
  }

  /** The first records of this block, in the same array. */
  public RecordBlock head(int count) {
    Objects.checkIndex(count, records + 1);
    RecordCursor cursor = cursor();
    int end = offset;
    for (int i = 0; i < count && cursor.next(); i++) {
      end = cursor.end();
    }
    return new RecordBlock(bytes, offset, end - offset, count);
  }

  /** What is left of this block behind a head of it. */
  public RecordBlock after(RecordBlock head) {
    return new RecordBlock(
        bytes, head.offset + head.length, length - head.length, records - head.records);
  }
}
