// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.log;

/** What keeps a text from leaving its place in a line. */
final class LogEscaping {
  private LogEscaping() {}

  /** Cuts a text that is too long and says how much is gone. */
  static String bounded(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end) + "...(" + (text.length() - end) + " more)";
  }

  static boolean needsQuotes(String text) {
    return text.isEmpty()
        || text.codePoints()
            .anyMatch(
                c -> c == ' ' || c == '"' || c == '=' || c == '\\' || isHidden(c) || c == 0xa0);
  }

  static String escape(String text, boolean inQuotes) {
    var escaped = new StringBuilder(text.length() + 8);
    text.codePoints().forEach(c -> escape(c, inQuotes, escaped));
    return escaped.toString();
  }

  private static void escape(int c, boolean inQuotes, StringBuilder to) {
    switch (c) {
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      case '"', '\\' -> {
        if (inQuotes) {
          to.append('\\');
        }
        to.append((char) c);
      }
      default -> {
        if (!isHidden(c)) {
          to.appendCodePoint(c);
        } else if (c < 0x10000) {
          to.append("\\u").append(hex(c));
        } else {
          to.append("\\u").append(hex(Character.highSurrogate(c)));
          to.append("\\u").append(hex(Character.lowSurrogate(c)));
        }
      }
    }
  }

  private static String hex(int c) {
    return Integer.toHexString(0x10000 | c).substring(1);
  }

  /** Control and format characters (direction marks among them), line separators, the unpaired. */
  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
