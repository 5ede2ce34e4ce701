// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.binary;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being put together, in Avro's binary encoding. Not thread-safe. */
public final class EncodedBytes {
  private static final int INITIAL_BYTES = 64;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int length;

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** The array that they stand at the start of, until more are put. */
  public byte[] array() {
    return bytes;
  }

  /**
   * Begins again with nothing.
   *
   * @param kept a larger array than this is let go
   */
  public void clear(int kept) {
    length = 0;
    if (bytes.length > kept) {
      bytes = new byte[INITIAL_BYTES];
    }
  }

  public void putByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  public void put(byte[] from) {
    reserve(from.length);
    System.arraycopy(from, 0, bytes, length, from.length);
    length += from.length;
  }

  /** Zig-zag, as Avro's int and long. */
  public void putLong(long value) {
    reserve(Varint.MAX_BYTES);
    length = Varint.put(bytes, length, value);
  }

  /** A double: eight bytes, the lowest first. */
  public void putDouble(double value) {
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      putByte((byte) (bits >>> shift));
    }
  }

  /** A string, in UTF-8. */
  public void putText(String text) {
    putText(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A string or bytes: its length, then itself. */
  public void putText(byte[] utf8) {
    putLong(utf8.length);
    put(utf8);
  }

  /** A copy. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.clamp(2L * bytes.length, needed, Integer.MAX_VALUE - 8));
    }
  }
}
