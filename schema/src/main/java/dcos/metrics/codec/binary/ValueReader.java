// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.binary;

/**
 * Reads values of any Avro schema out of an array, checking every length against what is left, and
 * how deeply they nest. Errors name the index. Not thread-safe.
 */
public final class ValueReader {
  /** How deeply values may nest: a schema may contain itself. */
  static final int MAX_DEPTH = 64;

  private static final int NO_SIZE = -1;

  private final byte[] bytes;
  private final int limit;
  private int pos;
  private int depth;

  /** Begins at the first byte. */
  public ValueReader(byte[] bytes) {
    this(bytes, bytes.length);
  }

  /**
   * Begins at the first byte.
   *
   * @param length how many bytes of the array are read
   */
  public ValueReader(byte[] bytes, int length) {
    this.bytes = bytes;
    this.limit = length;
  }

  /**
   * A block of an array or a map.
   *
   * @param at where it begins
   * @param count how many items it declares, 0 ends the array; not yet compared with the bytes left
   * @param end where the items must end, or {@link #NO_SIZE}
   */
  public record ItemReader(int at, long count, int end) {}

  /** The index of the next byte. */
  public int position() {
    return pos;
  }

  /** How many bytes there are from here on. */
  public int left() {
    return limit - pos;
  }

  /** Goes back to a position it was at, or on to one it has walked to. */
  public void moveTo(int position) {
    pos = position;
  }

  /** Copies this many bytes, which must be there, and skips them. */
  public void copy(int length, byte[] to, int at) {
    System.arraycopy(bytes, pos, to, at, length);
    pos += length;
  }

  /**
   * Reads a zig-zag number.
   *
   * @param what names it in the message
   */
  public long readLong(String what) {
    int at = pos;
    long bits = 0;
    for (int shift = 0; shift < 7 * Varint.MAX_BYTES; shift += 7) {
      if (pos == limit) {
        throw new CorruptRecordException(at, "truncated " + what);
      }
      byte b = bytes[pos++];
      bits |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return Varint.decode(bits);
      }
    }
    throw new CorruptRecordException(at, "invalid " + what + ": a number above ten bytes");
  }

  /** Reads a zig-zag number of 32 bits. */
  public int readInt() {
    int at = pos;
    long value = readLong("int");
    if (value != (int) value) {
      throw new CorruptRecordException(at, "invalid int: " + value);
    }
    return (int) value;
  }

  /** The length of something, all of which is there. */
  public int readLength(String what) {
    int at = pos;
    long length = readLong(what);
    if (length < 0) {
      throw new CorruptRecordException(at, "corrupt length of " + what + ": " + length);
    }
    if (length > left()) {
      throw new CorruptRecordException(
          at, "truncated " + what + ": " + left() + " of " + length + " bytes");
    }
    return (int) length;
  }

  /** An index into so many branches or symbols. */
  public int readIndex(int size, String what) {
    int at = pos;
    long index = readLong(what);
    if (index < 0 || index >= size) {
      throw new CorruptRecordException(
          at, "corrupt index of " + what + ": " + index + " not in 0.." + (size - 1));
    }
    return (int) index;
  }

  /** Reads {@code size} bytes, at most eight, the lowest first. */
  public long readLittleEndian(int size, String what) {
    if (left() < size) {
      throw new CorruptRecordException(pos, "truncated " + what);
    }
    long bits = 0;
    for (int i = 0; i < size; i++) {
      bits |= (bytes[pos++] & 0xffL) << (Byte.SIZE * i);
    }
    return bits;
  }

  /** Begins the next block of an array or a map. */
  public ItemReader beginItems() {
    int at = pos;
    long declared = readLong("number of items");
    if (declared >= 0) {
      return new ItemReader(at, declared, NO_SIZE);
    }
    int sizeAt = pos;
    long size = readLong("size of a block of items");
    if (size < 0 || size > left()) {
      throw new CorruptRecordException(
          sizeAt, "corrupt size of a block of items: " + size + " not in 0.." + left());
    }
    var items = new ItemReader(at, -declared, pos + (int) size);
    if (items.count() < 0) { // the one negative number that has no positive
      throw corruptCount(items);
    }
    return items;
  }

  /** Checks that the block's items are as long as it said. */
  public void endItems(ItemReader items) {
    if (items.end() != NO_SIZE && pos != items.end()) {
      throw new CorruptRecordException(
          pos, "corrupt size of a block of items: it is off by " + (items.end() - pos));
    }
  }

  /** For a block that declares more items than the bytes left can hold. */
  public CorruptRecordException corruptCount(ItemReader items) {
    return new CorruptRecordException(
        items.at(), "corrupt number of items: " + items.count() + " in " + left() + " bytes");
  }

  /**
   * Skips the text or bytes that begin here with their length.
   *
   * @param what names it in the message
   */
  public void skipText(String what) {
    int length = readLength(what); // apart, because it moves the position
    pos += length;
  }

  /**
   * Skips this many bytes, at least 0.
   *
   * @param what names them in the message
   */
  public void skip(int size, String what) {
    if (size > left()) {
      throw new CorruptRecordException(
          pos, "truncated " + what + ": " + left() + " of " + size + " bytes");
    }
    pos += size;
  }

  /**
   * Begins a value that contains others; {@link #leave} ends it.
   *
   * @throws CorruptRecordException if values nest deeper than {@link #MAX_DEPTH}
   */
  public void enter() {
    depth++;
    if (depth > MAX_DEPTH) {
      throw new CorruptRecordException(pos, "invalid value: it nests deeper than " + MAX_DEPTH);
    }
  }

  /** Ends the value that the last {@link #enter} began. */
  public void leave() {
    depth--;
  }
}
