// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the parser stands in its text, and the smallest things it reads there. */
final class FilterScanner {
  private final String text;
  private int pos;

  FilterScanner(String text) {
    this.text = text;
  }

  int pos() {
    return pos;
  }

  void skip(int count) {
    pos += count;
  }

  void skipBlanks() {
    while (!atEnd() && Quoting.isBlank(text.charAt(pos))) {
      pos++;
    }
  }

  boolean atEnd() {
    return pos == text.length();
  }

  boolean at(char c) {
    return !atEnd() && text.charAt(pos) == c;
  }

  /** Where a term may end. */
  boolean atGap() {
    return atEnd() || at(')') || Quoting.isBlank(text.charAt(pos));
  }

  boolean atOr() {
    int end = pos + Quoting.OR.length();
    return text.regionMatches(true, pos, Quoting.OR, 0, Quoting.OR.length())
        && (end == text.length() || isEdge(text.charAt(end)));
  }

  private static boolean isEdge(char c) {
    return c == '(' || c == ')' || Quoting.isBlank(c);
  }

  /** All up to an operator, a quote, or the end of the term. */
  String key() {
    int start = pos;
    while (!atEnd() && !isEdge(text.charAt(pos)) && !at('"') && operatorHere().isEmpty()) {
      pos++;
    }
    return text.substring(start, pos);
  }

  Optional<Comparison> operator() throws FilterException {
    Optional<Comparison> operator = operatorHere();
    if (operator.isPresent()) {
      int start = pos;
      pos += operator.get().toString().length();
      if (operator.get() == Comparison.EQUAL && at('=')) {
        throw new FilterException(
            "unknown operator \"==\"", "there are :, =, !=, <, <=, > and >=", start, pos + 1);
      }
    }
    return operator;
  }

  private Optional<Comparison> operatorHere() {
    if (atEnd()) {
      return Optional.empty();
    }
    boolean equal = pos + 1 < text.length() && text.charAt(pos + 1) == '=';
    return switch (text.charAt(pos)) {
      case ':' -> Optional.of(Comparison.CONTAINS);
      case '=' -> Optional.of(Comparison.EQUAL);
      case '!' -> equal ? Optional.of(Comparison.NOT_EQUAL) : Optional.empty();
      case '<' -> Optional.of(equal ? Comparison.AT_MOST : Comparison.LESS);
      case '>' -> Optional.of(equal ? Comparison.AT_LEAST : Comparison.GREATER);
      default -> Optional.empty();
    };
  }

  /** A value without quotes: all up to the end of the term. */
  String bare() throws FilterException {
    int start = pos;
    while (!atEnd() && !isEdge(text.charAt(pos))) {
      if (at('"')) {
        throw strayQuote();
      }
      pos++;
    }
    return text.substring(start, pos);
  }

  FilterException strayQuote() {
    return new FilterException("a quote within a word", "quote all of it", pos, pos + 1);
  }

  static List<String> pieces(String bare) {
    return List.of(bare.split("\\*", -1));
  }

  /** What stands between the wildcards of a text in quotes, escapes taken away. */
  List<String> quoted() throws FilterException {
    int open = pos++;
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    while (!atEnd()) {
      char c = text.charAt(pos++);
      switch (c) {
        case '"' -> {
          pieces.add(piece.toString());
          return pieces;
        }
        case '*' -> {
          pieces.add(piece.toString());
          piece.setLength(0);
        }
        case '\\' -> {
          if (!atEnd()) {
            piece.append(escaped());
          }
        }
        default -> piece.append(c);
      }
    }
    throw new FilterException("a quote that is not closed", "", open, pos);
  }

  /** Stands behind the backslash. */
  private char escaped() throws FilterException {
    int start = pos - 1;
    char c = text.charAt(pos++);
    return switch (c) {
      case '"', '\\', '*' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode(start);
      default ->
          throw new FilterException(
              "unknown escape \\" + (Character.isISOControl(c) ? '?' : c),
              "there are \\\", \\\\, \\*, \\n, \\r, \\t and \\u0000",
              start,
              pos);
    };
  }

  private char unicode(int start) throws FilterException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = atEnd() ? -1 : Character.digit(text.charAt(pos), 16);
      if (digit < 0) {
        throw new FilterException("\\u needs four hexadecimal digits", "", start, pos);
      }
      code = code * 16 + digit;
      pos++;
    }
    return (char) code;
  }
}
