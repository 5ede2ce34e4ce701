// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.record;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.binary.Varint;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Steps through encoded {@code MetricList}s without decoding them, checking every length. Positions
 * are indexes into the array. Not thread-safe.
 */
public final class RecordCursor {
  private static final int DOUBLE_BYTES = 8;
  private static final int NO_SIZE = -1;

  private final byte[] bytes;
  private final int to;
  private int pos;
  private int start;
  private int topicStart;
  private int topicEnd;
  private int tagsEnd;
  // Where the items of the array block at hand must end; NO_SIZE if it does not say.
  private int blockEnd;

  /** Stands before the first record in {@code bytes[from..to)}. */
  public RecordCursor(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    this.bytes = bytes;
    this.to = to;
    this.pos = from;
    this.start = from;
    this.topicStart = from;
    this.topicEnd = from;
    this.tagsEnd = from;
  }

  /**
   * Moves to the next record, or says that there is none.
   *
   * @throws CorruptRecordException if what follows is no record; the cursor is of no use afterwards
   */
  public boolean next() {
    if (pos == to) {
      return false;
    }
    start = pos;
    int length = length("topic");
    topicStart = pos;
    pos += length;
    topicEnd = pos;
    skipTags();
    skipDatapoints();
    return true;
  }

  /** Where the record begins. */
  public int start() {
    return start;
  }

  /** Behind the record's last byte. */
  public int end() {
    return pos;
  }

  /** Where the topic's text begins. */
  public int topicStart() {
    return topicStart;
  }

  /** Behind the topic's text. */
  public int topicEnd() {
    return topicEnd;
  }

  /** The topic, or null where it is not valid UTF-8. */
  public @Nullable String topicText() {
    for (int i = topicStart; i < topicEnd; i++) {
      if (bytes[i] < 0) {
        return decodedTopic();
      }
    }
    return new String(bytes, topicStart, topicEnd - topicStart, StandardCharsets.ISO_8859_1);
  }

  /** Where the array of tags begins. */
  public int tagsStart() {
    return topicEnd;
  }

  /** The zero that ends the array of tags: where a block of tags can be inserted. */
  public int tagsEnd() {
    return tagsEnd;
  }

  /** Steps through the tags of the record that this cursor stands on. */
  public TagCursor tags() {
    return new TagCursor(bytes, topicEnd, tagsEnd);
  }

  private void skipTags() {
    while (true) {
      tagsEnd = pos;
      int count = beginBlock(CursorItems.TAGS);
      if (count == 0) {
        return;
      }
      for (int i = 0; i < count; i++) {
        skipText("tag key");
        skipText("tag value");
      }
      endBlock(CursorItems.TAGS);
    }
  }

  private void skipDatapoints() {
    while (true) {
      int count = beginBlock(CursorItems.DATAPOINTS);
      if (count == 0) {
        return;
      }
      for (int i = 0; i < count; i++) {
        skipText("datapoint name");
        readLong("datapoint time");
        if (to - pos < DOUBLE_BYTES) {
          throw new CorruptRecordException(pos, "truncated datapoint value");
        }
        pos += DOUBLE_BYTES;
      }
      endBlock(CursorItems.DATAPOINTS);
    }
  }

  /** Reads the count of an array's block, and its size where it has one; 0 ends the array. */
  private int beginBlock(CursorItems items) {
    int at = pos;
    long declared = readLong(items.count);
    long count = declared;
    blockEnd = NO_SIZE;
    if (declared < 0) {
      count = -declared;
      int sizeAt = pos;
      long size = readLong(items.size);
      if (size < 0 || size > to - pos) {
        throw new CorruptRecordException(
            sizeAt, "corrupt " + items.size + ": " + size + " not in 0.." + (to - pos));
      }
      blockEnd = pos + (int) size;
    }
    // Also refuses the one negative number that has no positive.
    if (count < 0 || count > (to - pos) / items.minBytes) {
      throw new CorruptRecordException(
          at, "corrupt " + items.count + ": " + declared + " in " + (to - pos) + " bytes");
    }
    return (int) count;
  }

  private void endBlock(CursorItems items) {
    if (blockEnd != NO_SIZE && pos != blockEnd) {
      throw new CorruptRecordException(
          pos, "corrupt " + items.size + ": it is off by " + (blockEnd - pos));
    }
  }

  private void skipText(String what) {
    int length = length(what); // apart, because it moves the position
    pos += length;
  }

  /** Reads the length of a text, all of which is there. */
  private int length(String what) {
    int at = pos;
    long length = readLong(what);
    if (length < 0) {
      throw new CorruptRecordException(at, "corrupt length of " + what + ": " + length);
    }
    if (length > to - pos) {
      throw new CorruptRecordException(
          at, "truncated " + what + ": " + (to - pos) + " of " + length + " bytes");
    }
    return (int) length;
  }

  private long readLong(String what) {
    if (pos < to && bytes[pos] >= 0) {
      return Varint.decode(bytes[pos++]);
    }
    return readLongOfMany(what);
  }

  private long readLongOfMany(String what) {
    int at = pos;
    int last = Math.min(to - at, Varint.MAX_BYTES);
    long bits = 0;
    for (int i = 0; i < last; i++) {
      byte b = bytes[at + i];
      bits |= (b & 0x7fL) << (7 * i);
      if (b >= 0) {
        pos = at + i + 1;
        return Varint.decode(bits);
      }
    }
    throw new CorruptRecordException(
        at,
        last < Varint.MAX_BYTES
            ? "truncated " + what
            : "invalid " + what + ": a number above ten bytes");
  }

  private @Nullable String decodedTopic() {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, topicStart, topicEnd - topicStart))
          .toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  /** The two arrays of a record, and how messages name their parts. */
  private enum CursorItems {
    TAGS("tags", MetricListSchema.MIN_TAG_BYTES),
    DATAPOINTS("datapoints", MetricListSchema.MIN_DATAPOINT_BYTES);

    private final String count;
    private final String size;
    private final int minBytes;

    CursorItems(String plural, int minBytes) {
      this.count = "number of " + plural;
      this.size = "size of a block of " + plural;
      this.minBytes = minBytes;
    }
  }
}
