// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.util.Optional;

/**
 * The key or the value at a caret, in a text that need not be a filter.
 *
 * @param key what stands before the operator; all of it where there is none
 * @param tag the tag's key, if the key is {@code tag.KEY}
 * @param operator the one behind the key, if there is one
 * @param isKey whether the caret is in the key
 * @param start where the part at the caret starts
 * @param end behind the part at the caret
 * @param text the part at the caret, as it is written
 * @param typed of that, what stands before the caret, without quotes and escapes
 */
record CompletionToken(
    String key,
    Optional<String> tag,
    Optional<Comparison> operator,
    boolean isKey,
    int start,
    int end,
    String text,
    String typed) {

  static CompletionToken at(String text, int caret) {
    int start = 0;
    int end = 0;
    while (true) {
      start = end;
      while (start < caret && isBetween(text.charAt(start))) {
        start++;
      }
      end = endOfTerm(text, start);
      if (end >= caret) {
        break;
      }
    }
    // A caret before a word begins a new one.
    return start == caret ? of(text, start, start, caret) : of(text, start, end, caret);
  }

  private static CompletionToken of(String text, int start, int end, int caret) {
    int keyEnd = start;
    while (keyEnd < end && !isOperator(text.charAt(keyEnd))) {
      keyEnd = text.charAt(keyEnd) == '"' ? endOfQuote(text, keyEnd) : keyEnd + 1;
    }
    String key = text.substring(start, keyEnd);
    Optional<Comparison> operator = Optional.empty();
    for (Comparison comparison : Comparison.values()) {
      if (text.startsWith(comparison.toString(), keyEnd) && keyEnd < end) {
        // The longer ones of those that begin alike stand behind the shorter ones.
        operator = Optional.of(comparison);
      }
    }
    int valueStart = keyEnd + operator.map(found -> found.toString().length()).orElse(0);
    Optional<String> tag =
        key.startsWith("tag.")
            ? Optional.of(plain(key.substring("tag.".length())))
            : Optional.empty();
    boolean isKey = operator.isEmpty() || caret < valueStart;
    int from = isKey ? start : valueStart;
    int to = isKey ? keyEnd : end;
    return new CompletionToken(
        key,
        tag,
        operator,
        isKey,
        from,
        to,
        text.substring(from, to),
        plain(text.substring(from, Math.min(caret, to))));
  }

  private static boolean isBetween(char c) {
    return c == '(' || c == ')' || c == '-' || Quoting.isBlank(c);
  }

  private static boolean isOperator(char c) {
    return c == ':' || c == '=' || c == '!' || c == '<' || c == '>';
  }

  private static int endOfTerm(String text, int start) {
    int end = start;
    while (end < text.length()) {
      char c = text.charAt(end);
      if (c == '(' || c == ')' || Quoting.isBlank(c)) {
        break;
      }
      end = c == '"' ? endOfQuote(text, end) : end + 1;
    }
    return end;
  }

  private static int endOfQuote(String text, int open) {
    int end = open + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }

  private static String plain(String written) {
    StringBuilder plain = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted && i + 1 < written.length()) {
        plain.append(written.charAt(++i));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
