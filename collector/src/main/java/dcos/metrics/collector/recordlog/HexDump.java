// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recordlog;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes as {@code hexdump -C} prints them: sixteen a line, lines that repeat as one asterisk. */
final class HexDump {
  private static final int WIDTH = 16;
  private static final HexFormat HEX = HexFormat.of();

  private HexDump() {}

  static String of(byte[] bytes, int offset, int length) {
    StringBuilder text = new StringBuilder(length * 5 + 80);
    boolean starred = false;
    for (int at = 0; at < length; at += WIDTH) {
      int count = Math.min(WIDTH, length - at);
      int from = offset + at;
      if (at > 0
          && count == WIDTH
          && Arrays.equals(bytes, from - WIDTH, from, bytes, from, from + WIDTH)) {
        if (!starred) {
          text.append("*\n");
        }
        starred = true;
        continue;
      }
      starred = false;
      line(text, at, bytes, from, count);
    }
    if (length > 0) {
      text.append(HEX.toHexDigits(length)).append('\n');
    }
    return text.toString();
  }

  private static void line(StringBuilder text, int at, byte[] bytes, int from, int count) {
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
    text.append("|\n");
  }
}
