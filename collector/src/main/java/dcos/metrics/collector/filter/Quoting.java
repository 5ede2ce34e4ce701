// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How texts are written in a filter: as they are where they can be, else in quotes. */
final class Quoting {
  static final String OR = "or";

  private static final String OPERATOR_CHARACTERS = ":=!<>";
  private static final int MAX_SHOWN = 40;

  private Quoting() {}

  /** The value behind {@code =}. */
  static String value(String value) {
    return value.isEmpty() || value.startsWith("=") || needsQuotes(value) ? quoted(value) : value;
  }

  /** The value behind {@code :}, of the pieces between wildcards. */
  static String pattern(List<String> pieces) {
    String bare = String.join("*", pieces);
    if (bare.isEmpty()) {
      return "*";
    }
    boolean star = pieces.stream().anyMatch(piece -> piece.indexOf('*') >= 0);
    return star || bare.startsWith("=") || needsQuotes(bare) ? inQuotes(pieces) : bare;
  }

  /** A term without a key. */
  static String word(List<String> pieces) {
    String pattern = pattern(pieces);
    boolean special =
        pattern.startsWith("-")
            || pattern.equalsIgnoreCase(OR)
            || pattern.chars().anyMatch(c -> OPERATOR_CHARACTERS.indexOf(c) >= 0);
    return special && !pattern.startsWith("\"") ? inQuotes(pieces) : pattern;
  }

  static String tagKey(String tag) {
    boolean special =
        tag.isEmpty()
            || needsQuotes(tag)
            || tag.chars().anyMatch(c -> OPERATOR_CHARACTERS.indexOf(c) >= 0);
    return "tag." + (special ? quoted(tag) : tag);
  }

  /** A part of the user's text in a message: on one line, and not all of it where it is long. */
  static String shown(String text) {
    return text.length() <= MAX_SHOWN ? quoted(text) : quoted(text.substring(0, MAX_SHOWN) + "…");
  }

  static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static String inQuotes(List<String> pieces) {
    return pieces.stream()
        .map(piece -> escaped(piece, true))
        .collect(Collectors.joining("*", "\"", "\""));
  }

  private static String quoted(String text) {
    return '"' + escaped(text, false) + '"';
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isBlank(c) || c == '"' || c == '(' || c == ')' || isUnprintable(text, i)) {
        return true;
      }
    }
    return false;
  }

  private static String escaped(String text, boolean stars) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '*' -> out.append(stars ? "\\*" : "*");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (isUnprintable(text, i)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  /** What does not show, reorders what shows, or has no UTF-8. */
  private static boolean isUnprintable(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || (isBlank(c) && c != ' ');
  }
}
