// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recordlog;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Bytes as {@code hexdump -C} prints them: sixteen a line, lines that repeat as one asterisk. */
final class HexDump {
  private static final int WIDTH = 16;
  private static final HexFormat HEX = HexFormat.of();

  private HexDump() {}

  /** Hands on each line, without its end. */
  static void print(byte[] bytes, int offset, int length, Consumer<String> out) {
    boolean starred = false;
    for (int at = 0; at < length; at += WIDTH) {
      int count = Math.min(WIDTH, length - at);
      int from = offset + at;
      boolean repeats =
          at > 0
              && count == WIDTH
              && Arrays.equals(bytes, from - WIDTH, from, bytes, from, from + WIDTH);
      if (!repeats) {
        out.accept(line(at, bytes, from, count));
      } else if (!starred) {
        out.accept("*");
      }
      starred = repeats;
    }
    if (length > 0) {
      out.accept(HEX.toHexDigits(length));
    }
  }

  private static String line(int at, byte[] bytes, int from, int count) {
    StringBuilder text = new StringBuilder(80);
    text.append(HEX.toHexDigits(at)).append("  ");
    for (int i = 0; i < WIDTH; i++) {
      text.append(i < count ? HEX.toHexDigits(bytes[from + i]) : "  ").append(' ');
      if (i == WIDTH / 2 - 1) {
        text.append(' ');
      }
    }
    text.append(" |");
    for (int i = 0; i < count; i++) {
      int b = bytes[from + i];
      text.append(b >= 0x20 && b < 0x7f ? (char) b : '.');
    }
    return text.append('|').toString();
  }
}
