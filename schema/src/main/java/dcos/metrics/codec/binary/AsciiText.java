// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.binary;

import java.nio.charset.StandardCharsets;

/** A text in an array that need not become a string to be searched. Not thread-safe. */
public final class AsciiText implements CharSequence {
  private byte[] bytes = new byte[0];
  private int from;
  private int to;

  /** This text where it is plain ASCII, and a string where it is not. */
  public CharSequence of(byte[] array, int start, int end) {
    for (int i = start; i < end; i++) {
      if (array[i] < 0) {
        return new String(array, start, end - start, StandardCharsets.UTF_8);
      }
    }
    bytes = array;
    from = start;
    to = end;
    return this;
  }

  @Override
  public int length() {
    return to - from;
  }

  @Override
  public char charAt(int index) {
    return (char) bytes[from + index];
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return toString().substring(start, end);
  }

  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
  }
}
