// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import java.util.Arrays;

/** Bytes being put together, in Avro's binary encoding. Not thread-safe. */
final class ByteSink {
  private byte[] bytes = new byte[64];
  private int length;

  void putByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  void put(byte[] from) {
    reserve(from.length);
    System.arraycopy(from, 0, bytes, length, from.length);
    length += from.length;
  }

  void putLong(long value) {
    reserve(Varint.MAX_BYTES);
    length = Varint.put(bytes, length, value);
  }

  /** A double: eight bytes, the lowest first. */
  void putDouble(double value) {
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      putByte((byte) (bits >>> shift));
    }
  }

  /** A string or bytes: its length, then itself. */
  void putText(byte[] utf8) {
    putLong(utf8.length);
    put(utf8);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.clamp(2L * bytes.length, needed, Integer.MAX_VALUE - 8));
    }
  }
}
