// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.binary;

/** Makes text that a peer or a library made fit to stand in a message of one line. */
public final class SingleLine {
  private SingleLine() {}

  /** The text with its blanks folded and what cannot be printed as '?', cut to a length. */
  public static String of(String text, int maxChars) {
    var line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (line.length() == maxChars) {
        return line.append("...").toString();
      }
      if (!Character.isWhitespace(c)) {
        line.append(Character.isISOControl(c) ? '?' : c);
      } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    return line.toString().strip();
  }
}
