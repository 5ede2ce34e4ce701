// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.util.List;

/**
 * Pieces of text that have to stand in a text in this order, upper and lower case alike. No pieces
 * are in every text. Immutable.
 *
 * <p>The first place of each piece behind the one before is good enough, so nothing is ever tried
 * again; and a piece is searched for without going back in the text. Time grows with the text's
 * length, whatever the pieces are.
 */
final class Glob {
  private final List<String> pieces;
  private final char[][] folded;
  // For each piece and each count of matched characters: how many still match when the next fails.
  private final int[][] fallbacks;

  /**
   * @param pieces what stands between wildcards; empty ones count for nothing
   */
  Glob(List<String> pieces) {
    this.pieces = pieces.stream().filter(piece -> !piece.isEmpty()).toList();
    this.folded = this.pieces.stream().map(Glob::fold).toArray(char[][]::new);
    this.fallbacks = new int[folded.length][];
    for (int i = 0; i < folded.length; i++) {
      fallbacks[i] = fallbacks(folded[i]);
    }
  }

  List<String> pieces() {
    return pieces;
  }

  boolean isIn(CharSequence text) {
    int length = text.length();
    int pos = 0;
    for (int i = 0; i < folded.length; i++) {
      char[] piece = folded[i];
      int matched = 0;
      while (matched < piece.length) {
        if (length - pos < piece.length - matched) {
          return false;
        }
        matched = advance(piece, fallbacks[i], matched, fold(text.charAt(pos++)));
      }
    }
    return true;
  }

  private static int advance(char[] piece, int[] fallbacks, int matched, char next) {
    int count = matched;
    while (count > 0 && piece[count] != next) {
      count = fallbacks[count];
    }
    return piece[count] == next ? count + 1 : count;
  }

  private static int[] fallbacks(char[] piece) {
    int[] fallbacks = new int[piece.length];
    for (int i = 1; i < piece.length - 1; i++) {
      fallbacks[i + 1] = advance(piece, fallbacks, fallbacks[i], piece[i]);
    }
    return fallbacks;
  }

  private static char[] fold(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = fold(chars[i]);
    }
    return chars;
  }

  /** As {@link String#equalsIgnoreCase} does: one character for one, in no language's rules. */
  private static char fold(char c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && pieces.equals(glob.pieces);
  }

  @Override
  public int hashCode() {
    return pieces.hashCode();
  }
}
