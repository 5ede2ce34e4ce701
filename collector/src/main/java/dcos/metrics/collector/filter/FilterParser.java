// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one text from its start to its end, never going back. Not thread-safe: one per text.
 *
 * <pre>
 * either = all { "or" all }
 * all    = part { blank part }
 * part   = { "-" } ( "(" either ")" | term )
 * term   = word | key operator value
 * </pre>
 */
final class Parser {
  static final int MAX_DEPTH = 100;

  private static final String OPERATORS = ":, =, !=, <, <=, > and >=";

  private final String text;
  private final ZoneId zone;
  private final Scanner scanner;
  private int depth;

  private Parser(String text, ZoneId zone) {
    this.text = text;
    this.zone = zone;
    this.scanner = new Scanner(text);
  }

  /** An empty text is {@link Node.Constant#TRUE}. */
  static Node parse(String text, ZoneId zone) throws FilterException {
    Parser parser = new Parser(text, zone);
    Scanner scanner = parser.scanner;
    scanner.skipBlanks();
    if (scanner.atEnd()) {
      return Node.Constant.TRUE;
    }
    if (scanner.at(')')) {
      throw unopened(scanner.pos());
    }
    Node node = parser.either();
    if (!scanner.atEnd()) {
      throw unopened(scanner.pos());
    }
    return node;
  }

  private static FilterException unopened(int pos) {
    return new FilterException("\")\" without \"(\"", "", pos, pos + 1);
  }

  private Node either() throws FilterException {
    List<Node> parts = new ArrayList<>();
    if (scanner.atOr()) {
      throw new FilterException(
          "\"or\" needs a term before it", "", scanner.pos(), scanner.pos() + 2);
    }
    parts.add(all());
    while (scanner.atOr()) {
      int at = scanner.pos();
      scanner.skip(Spelling.OR.length());
      scanner.skipBlanks();
      if (scanner.atEnd() || scanner.at(')') || scanner.atOr()) {
        throw new FilterException("\"or\" needs a term behind it", "", at, at + 2);
      }
      parts.add(all());
    }
    return Node.Group.of(false, parts);
  }

  private Node all() throws FilterException {
    List<Node> parts = new ArrayList<>();
    do {
      parts.add(part());
      scanner.skipBlanks();
    } while (!scanner.atEnd() && !scanner.at(')') && !scanner.atOr());
    return Node.Group.of(true, parts);
  }

  private Node part() throws FilterException {
    boolean negated = false;
    while (scanner.at('-')) {
      int at = scanner.pos();
      scanner.skip(1);
      if (scanner.atGap()) {
        throw new FilterException("\"-\" needs a term right behind it", "", at, at + 1);
      }
      negated = !negated;
    }
    Node node = scanner.at('(') ? group() : term();
    if (!scanner.atGap()) {
      int at = scanner.pos();
      throw new FilterException(
          "a blank is missing before " + Spelling.shown(text.substring(at, at + 1)),
          "",
          at,
          at + 1);
    }
    return negated ? Node.not(node) : node;
  }

  private Node group() throws FilterException {
    int open = scanner.pos();
    if (++depth > MAX_DEPTH) {
      throw new FilterException("parentheses more than " + MAX_DEPTH + " deep", "", open, open + 1);
    }
    scanner.skip(1);
    scanner.skipBlanks();
    if (scanner.at(')')) {
      throw new FilterException("nothing between \"(\" and \")\"", "", open, scanner.pos() + 1);
    }
    if (scanner.atEnd()) {
      throw unclosed(open);
    }
    Node node = either();
    if (scanner.atEnd()) {
      throw unclosed(open);
    }
    scanner.skip(1);
    depth--;
    return node;
  }

  private static FilterException unclosed(int open) {
    return new FilterException("no \")\" for the \"(\"", "", open, open + 1);
  }

  private Node term() throws FilterException {
    int start = scanner.pos();
    if (scanner.at('"')) {
      return word(scanner.quoted(), start);
    }
    String key = scanner.key();
    Optional<String> quotedTag = Optional.empty();
    if (scanner.at('"')) {
      if (!key.equals("tag.")) {
        throw scanner.strayQuote();
      }
      quotedTag = Optional.of(String.join("*", scanner.quoted()));
    }
    Optional<Comparison> operator = scanner.operator();
    if (operator.isEmpty()) {
      if (quotedTag.isPresent()) {
        throw new FilterException(
            "an operator is missing behind " + Spelling.shown(text.substring(start, scanner.pos())),
            "one of " + OPERATORS,
            start,
            scanner.pos());
      }
      return word(Scanner.pieces(key), start);
    }
    if (quotedTag.isPresent() || key.startsWith("tag.")) {
      String tag = quotedTag.orElseGet(() -> key.substring("tag.".length()));
      if (tag.isEmpty() && quotedTag.isEmpty()) {
        throw new FilterException(
            "no tag's name behind \"tag.\"", "", start, start + "tag.".length());
      }
      requireText("a tag", start, operator.get());
      return textTerm(operator.get(), start, test -> new Node.OfTag(tag, test));
    }
    return term(key, operator.get(), start);
  }

  private Node term(String name, Comparison operator, int start) throws FilterException {
    int end = start + name.length();
    if (name.isEmpty()) {
      throw new FilterException(
          "no key before " + Spelling.shown(operator.toString()), "", start, scanner.pos());
    }
    Key key =
        Key.of(name)
            .orElseThrow(
                () ->
                    new FilterException(
                        "unknown key " + Spelling.shown(name),
                        "there are " + Key.list(),
                        start,
                        end));
    return switch (key.kind()) {
      case TEXT -> {
        requireText(name, start, operator);
        yield textTerm(
            operator,
            start,
            test -> key == Key.NAME ? new Node.OfName(test) : new Node.OfText(key, test));
      }
      case NUMBER, DURATION -> number(key, operator, start);
      case TIME -> time(operator, start);
    };
  }

  private Node word(List<String> pieces, int start) throws FilterException {
    if (pieces.size() == 1 && pieces.getFirst().isEmpty()) {
      throw new FilterException("an empty word", "", start, scanner.pos());
    }
    return new Node.Word(new TextPredicate.Contains(new Glob(pieces)));
  }

  private void requireText(String key, int start, Comparison operator) throws FilterException {
    if (operator.isOrder()) {
      throw new FilterException(
          key + " can not be compared by " + operator, "only by :, = and !=", start, scanner.pos());
    }
  }

  private interface TextTerm {
    Node of(TextPredicate test);
  }

  private Node textTerm(Comparison operator, int start, TextTerm term) throws FilterException {
    boolean contains = operator == Comparison.CONTAINS;
    List<String> pieces = value(start, !contains);
    Node node =
        term.of(
            contains
                ? new TextPredicate.Contains(new Glob(pieces))
                : new TextPredicate.Exact(String.join("*", pieces)));
    return operator == Comparison.NOT_EQUAL ? Node.not(node) : node;
  }

  private Node number(Key key, Comparison operator, int start) throws FilterException {
    boolean negated = operator == Comparison.NOT_EQUAL;
    Comparison comparison = operator.isOrder() ? operator : Comparison.EQUAL;
    int at = scanner.pos();
    String digits = String.join("*", value(start, false));
    boolean duration = key.kind() == Key.Kind.DURATION;
    Limit limit =
        (duration ? Limit.duration(comparison, digits) : Limit.number(comparison, digits))
            .orElseThrow(
                () ->
                    new FilterException(
                        Spelling.shown(digits) + (duration ? " is no duration" : " is no number"),
                        duration ? "such as 250, 250ms or 1.5s" : "such as -1.5, 20k, 3M, 1G, 1e-3",
                        at,
                        scanner.pos()));
    if (Double.isNaN(limit.value()) && operator.isOrder()) {
      throw new FilterException(
          "NaN can not be compared by " + operator, "only by = and !=", at, scanner.pos());
    }
    Node node = key == Key.VALUE ? new Node.OfValue(limit) : new Node.OfNumber(key, limit);
    return negated ? Node.not(node) : node;
  }

  private Node time(Comparison operator, int start) throws FilterException {
    if (!operator.isOrder()) {
      throw new FilterException(
          "time can not be compared by " + operator,
          "only by <, <=, > and >=",
          start,
          scanner.pos());
    }
    int at = scanner.pos();
    String written = String.join("*", value(start, false));
    try {
      return written.indexOf('T') >= 0
          ? new Node.OfNumber(Key.TIME, Limit.of(operator, Instant.parse(written)))
          : new Node.OfTimeOfDay(new TimeOfDay(operator, LocalTime.parse(written), zone));
    } catch (DateTimeParseException _) {
      throw new FilterException(
          Spelling.shown(written) + " is no time",
          "such as 12:04:31 or 2026-01-31T12:04:31Z",
          at,
          scanner.pos());
    }
  }

  /** The pieces between wildcards; what stands in quotes may be empty where that has a meaning. */
  private List<String> value(int start, boolean mayBeEmpty) throws FilterException {
    int at = scanner.pos();
    boolean quoted = scanner.at('"');
    List<String> pieces = quoted ? scanner.quoted() : Scanner.pieces(scanner.bare());
    boolean empty = pieces.size() == 1 && pieces.getFirst().isEmpty();
    if (empty && !(quoted && mayBeEmpty)) {
      throw new FilterException(
          "no value behind " + Spelling.shown(text.substring(start, at)), "", start, scanner.pos());
    }
    return pieces;
  }
}
