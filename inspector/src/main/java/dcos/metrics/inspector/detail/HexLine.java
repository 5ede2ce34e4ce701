// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import java.util.List;
import java.util.OptionalInt;

/**
 * A line of bytes as text: its offset, then of the hexadecimal and of the plain column what is
 * before, in and behind the highlight.
 */
record HexLine(List<String> parts) {
  /** So many bytes stand on a line. */
  public static final int BYTES = 8;

  private static final int OFFSET_LETTERS = 10;
  private static final int HEX_LETTERS = BYTES * 3 + 1;

  /**
   * A line.
   *
   * @param from its first byte, within the page
   * @param litFrom the first highlighted byte
   * @param litTo behind the last one
   */
  public static HexLine of(DetailContent.DetailBytes page, int from, int litFrom, int litTo) {
    byte[] bytes = page.content();
    int to = Math.min(bytes.length, from + BYTES);
    int first = Math.clamp(litFrom, from, to);
    int last = Math.clamp(litTo, first, to);
    String tail = "   ".repeat(BYTES - (to - from)) + " ";
    String offset = String.format("%08x  ", page.offset() + from);
    return new HexLine(
        List.of(
            offset.substring(offset.length() - OFFSET_LETTERS),
            hex(bytes, from, first),
            hex(bytes, first, last),
            hex(bytes, last, to) + tail,
            plain(bytes, from, first),
            plain(bytes, first, last),
            plain(bytes, last, to)));
  }

  /** Which of the line's bytes a letter of it belongs to. */
  public static OptionalInt byteAt(int letter) {
    int hex = letter - OFFSET_LETTERS;
    int plain = hex - HEX_LETTERS;
    if (hex >= 0 && hex < BYTES * 3) {
      return OptionalInt.of(hex / 3);
    }
    return plain >= 0 && plain < BYTES ? OptionalInt.of(plain) : OptionalInt.empty();
  }

  private static String hex(byte[] bytes, int from, int to) {
    var text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(Character.forDigit((bytes[i] >> 4) & 15, 16))
          .append(Character.forDigit(bytes[i] & 15, 16))
          .append(' ');
    }
    return text.toString();
  }

  private static String plain(byte[] bytes, int from, int to) {
    var text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
    }
    return text.toString();
  }
}
