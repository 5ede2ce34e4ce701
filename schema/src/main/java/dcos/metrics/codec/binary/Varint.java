// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.binary;

/** Zig-zag integers of variable length, as Avro writes them. */
public final class Varint {
  /** The most bytes that a long takes. */
  public static final int MAX_BYTES = 10;

  private Varint() {}

  /** Undoes the zig-zag: even is positive, odd is negative. */
  public static long decode(long bits) {
    return (bits >>> 1) ^ -(bits & 1);
  }

  /** The value at an index. Nothing is checked: for bytes that were walked before. */
  public static long get(byte[] bytes, int at) {
    long bits = 0;
    int next = at;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[next++];
      bits |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return decode(bits);
      }
    }
  }

  /** The index behind the value at an index; as {@link #get}. */
  public static int behind(byte[] bytes, int at) {
    int next = at;
    while (bytes[next] < 0) {
      next++;
    }
    return next + 1;
  }

  /** How many bytes the value takes. */
  public static int length(long value) {
    long bits = (value << 1) ^ (value >> 63);
    return Math.max(1, (70 - Long.numberOfLeadingZeros(bits)) / 7);
  }

  /** Writes the value and returns the index behind it. */
  public static int put(byte[] to, int at, long value) {
    long bits = (value << 1) ^ (value >> 63);
    int next = at;
    while ((bits & ~0x7fL) != 0) {
      to[next++] = (byte) (bits | 0x80);
      bits >>>= 7;
    }
    to[next++] = (byte) bits;
    return next;
  }
}
