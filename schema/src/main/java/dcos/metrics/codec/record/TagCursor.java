// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import dcos.metrics.codec.binary.Varint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Steps through the tags of one record, which were walked before. Not thread-safe. */
public final class TagCursor {
  private final byte[] bytes;
  private final int to;
  private int pos;
  // Tags left in the array's current block.
  private long left;
  private int keyStart;
  private int keyEnd;
  private int valueStart;
  private int valueEnd;

  /**
   * Stands before the first tag of an array that begins at {@code from} and whose end is a zero at
   * {@code to}.
   */
  TagCursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.pos = from;
    this.to = to;
  }

  /** Moves to the next tag, or says that there is none. */
  public boolean next() {
    if (left == 0) {
      if (pos == to) {
        return false;
      }
      left = readLong();
      if (left < 0) {
        left = -left;
        readLong(); // the block's size in bytes
      }
    }
    left--;
    int keyLength = (int) readLong();
    keyStart = pos;
    keyEnd = pos + keyLength;
    pos = keyEnd;
    int valueLength = (int) readLong();
    valueStart = pos;
    valueEnd = pos + valueLength;
    pos = valueEnd;
    return true;
  }

  /** Whether the key is these UTF-8 bytes. */
  public boolean keyIs(byte[] utf8) {
    return Arrays.equals(bytes, keyStart, keyEnd, utf8, 0, utf8.length);
  }

  /** The key as text; invalid UTF-8 shows as U+FFFD. */
  public String key() {
    return new String(bytes, keyStart, keyEnd - keyStart, StandardCharsets.UTF_8);
  }

  /** The value as text; invalid UTF-8 shows as U+FFFD. */
  public String value() {
    return new String(bytes, valueStart, valueEnd - valueStart, StandardCharsets.UTF_8);
  }

  private long readLong() {
    long value = Varint.get(bytes, pos);
    pos = Varint.behind(bytes, pos);
    return value;
  }
}
