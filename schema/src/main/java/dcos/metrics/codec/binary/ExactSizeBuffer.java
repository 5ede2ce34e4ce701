// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.binary;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Makes an array of exactly as many bytes as some source yields, whose number shows only when they
 * are made. Never holds more than the limit at once: where an array and its trimmed copy would, the
 * source runs once more.
 */
public final class ExactSizeBuffer {
  private static final int GROWTH = 16;

  private ExactSizeBuffer() {}

  /** Yields the same bytes each time. */
  @FunctionalInterface
  public interface ByteSource {
    /** Fills the array from its start; how many bytes there are, or -1 if they do not fit. */
    int fill(byte[] into) throws DataFormatException;
  }

  /**
   * Runs the source until its bytes fit.
   *
   * @param guess how many bytes to try first
   * @return null if there are more bytes than the limit
   */
  public static byte @Nullable [] of(ByteSource source, int guess, int limit)
      throws DataFormatException {
    int size = Math.clamp(guess, 1, limit);
    while (true) {
      byte[] filled = new byte[size];
      int length = source.fill(filled);
      if (length == size) {
        return filled;
      }
      if (length >= 0 && length <= limit - size) {
        return Arrays.copyOf(filled, length);
      }
      if (length >= 0) {
        return again(source, length);
      }
      if (size == limit) {
        return null;
      }
      size = size > limit / GROWTH ? limit : size * GROWTH;
    }
  }

  private static byte[] again(ByteSource source, int length) throws DataFormatException {
    byte[] exact = new byte[length];
    if (source.fill(exact) != length) {
      throw new IllegalStateException("a source of " + length + " bytes yielded others");
    }
    return exact;
  }
}
