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
final class FilterParser {
  static final int MAX_DEPTH = 100;

  private static final String OPERATORS = ":, =, !=, <, <=, > and >=";

  private final String text;
  private final ZoneId zone;
  private final FilterScanner scanner;
  private int depth;

  private FilterParser(String text, ZoneId zone) {
    this.text = text;
    this.zone = zone;
    this.scanner = new FilterScanner(text);
  }

  /** An empty text is {@link FilterNode.ConstantNode#TRUE}. */
  static FilterNode parse(String text, ZoneId zone) throws FilterException {
    FilterParser parser = new FilterParser(text, zone);
    FilterScanner scanner = parser.scanner;
    scanner.skipBlanks();
    if (scanner.atEnd()) {
      return FilterNode.ConstantNode.TRUE;
    }
    if (scanner.at(')')) {
      throw unopened(scanner.pos());
    }
    FilterNode node = parser.either();
    if (!scanner.atEnd()) {
      throw unopened(scanner.pos());
    }
    return node;
  }

  private static FilterException unopened(int pos) {
    return new FilterException("\")\" without \"(\"", "", pos, pos + 1);
  }

  private FilterNode either() throws FilterException {
    List<FilterNode> parts = new ArrayList<>();
    if (scanner.atOr()) {
      throw new FilterException(
          "\"or\" needs a term before it", "", scanner.pos(), scanner.pos() + 2);
    }
    parts.add(all());
    while (scanner.atOr()) {
      int at = scanner.pos();
      scanner.skip(Quoting.OR.length());
      scanner.skipBlanks();
      if (scanner.atEnd() || scanner.at(')') || scanner.atOr()) {
        throw new FilterException("\"or\" needs a term behind it", "", at, at + 2);
      }
      parts.add(all());
    }
    return FilterNode.Group.of(false, parts);
  }

  private FilterNode all() throws FilterException {
    List<FilterNode> parts = new ArrayList<>();
    do {
      parts.add(part());
      scanner.skipBlanks();
    } while (!scanner.atEnd() && !scanner.at(')') && !scanner.atOr());
    return FilterNode.Group.of(true, parts);
  }

  private FilterNode part() throws FilterException {
    boolean negated = false;
    while (scanner.at('-')) {
      int at = scanner.pos();
      scanner.skip(1);
      if (scanner.atGap()) {
        throw new FilterException("\"-\" needs a term right behind it", "", at, at + 1);
      }
      negated = !negated;
    }
    FilterNode node = scanner.at('(') ? group() : term();
    if (!scanner.atGap()) {
      int at = scanner.pos();
      throw new FilterException(
          "a blank is missing before " + Quoting.shown(text.substring(at, at + 1)), "", at, at + 1);
    }
    return negated ? FilterNode.not(node) : node;
  }

  private FilterNode group() throws FilterException {
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
    FilterNode node = either();
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

  private FilterNode term() throws FilterException {
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
            "an operator is missing behind " + Quoting.shown(text.substring(start, scanner.pos())),
            "one of " + OPERATORS,
            start,
            scanner.pos());
      }
      return word(FilterScanner.pieces(key), start);
    }
    if (quotedTag.isPresent() || key.startsWith("tag.")) {
      String tag = quotedTag.orElseGet(() -> key.substring("tag.".length()));
      if (tag.isEmpty() && quotedTag.isEmpty()) {
        throw new FilterException(
            "no tag's name behind \"tag.\"", "", start, start + "tag.".length());
      }
      requireText("a tag", start, operator.get());
      return textTerm(operator.get(), start, test -> new FilterNode.OfTag(tag, test));
    }
    return term(key, operator.get(), start);
  }

  private FilterNode term(String name, Comparison operator, int start) throws FilterException {
    int end = start + name.length();
    if (name.isEmpty()) {
      throw new FilterException(
          "no key before " + Quoting.shown(operator.toString()), "", start, scanner.pos());
    }
    FilterKey key =
        FilterKey.of(name)
            .orElseThrow(
                () ->
                    new FilterException(
                        "unknown key " + Quoting.shown(name),
                        "there are " + FilterKey.list(),
                        start,
                        end));
    return switch (key.kind()) {
      case TEXT -> {
        requireText(name, start, operator);
        yield textTerm(
            operator,
            start,
            test ->
                key == FilterKey.NAME
                    ? new FilterNode.OfName(test)
                    : new FilterNode.OfText(key, test));
      }
      case NUMBER, DURATION -> number(key, operator, start);
      case TIME -> time(operator, start);
    };
  }

  private FilterNode word(List<String> pieces, int start) throws FilterException {
    if (pieces.size() == 1 && pieces.getFirst().isEmpty()) {
      throw new FilterException("an empty word", "", start, scanner.pos());
    }
    return new FilterNode.Word(new TextPredicate.Contains(new Glob(pieces)));
  }

  private void requireText(String key, int start, Comparison operator) throws FilterException {
    if (operator.isOrder()) {
      throw new FilterException(
          key + " can not be compared by " + operator, "only by :, = and !=", start, scanner.pos());
    }
  }

  private interface TextTerm {
    FilterNode of(TextPredicate test);
  }

  private FilterNode textTerm(Comparison operator, int start, TextTerm term)
      throws FilterException {
    boolean contains = operator == Comparison.CONTAINS;
    List<String> pieces = value(start, !contains);
    FilterNode node =
        term.of(
            contains
                ? new TextPredicate.Contains(new Glob(pieces))
                : new TextPredicate.Exact(String.join("*", pieces)));
    return operator == Comparison.NOT_EQUAL ? FilterNode.not(node) : node;
  }

  private FilterNode number(FilterKey key, Comparison operator, int start) throws FilterException {
    boolean negated = operator == Comparison.NOT_EQUAL;
    Comparison comparison = operator.isOrder() ? operator : Comparison.EQUAL;
    int at = scanner.pos();
    String digits = String.join("*", value(start, false));
    boolean duration = key.kind() == FilterKey.KeyKind.DURATION;
    NumberComparison limit =
        (duration
                ? NumberComparison.duration(comparison, digits)
                : NumberComparison.number(comparison, digits))
            .orElseThrow(
                () ->
                    new FilterException(
                        Quoting.shown(digits) + (duration ? " is no duration" : " is no number"),
                        duration ? "such as 250, 250ms or 1.5s" : "such as -1.5, 20k, 3M, 1G, 1e-3",
                        at,
                        scanner.pos()));
    if (Double.isNaN(limit.value()) && operator.isOrder()) {
      throw new FilterException(
          "NaN can not be compared by " + operator, "only by = and !=", at, scanner.pos());
    }
    FilterNode node =
        key == FilterKey.VALUE
            ? new FilterNode.OfValue(limit)
            : new FilterNode.OfNumber(key, limit);
    return negated ? FilterNode.not(node) : node;
  }

  private FilterNode time(Comparison operator, int start) throws FilterException {
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
          ? new FilterNode.OfNumber(
              FilterKey.TIME, NumberComparison.of(operator, Instant.parse(written)))
          : new FilterNode.OfTimeOfDay(new TimeOfDay(operator, LocalTime.parse(written), zone));
    } catch (DateTimeParseException _) {
      throw new FilterException(
          Quoting.shown(written) + " is no time",
          "such as 12:04:31 or 2026-01-31T12:04:31Z",
          at,
          scanner.pos());
    }
  }

  /** The pieces between wildcards; what stands in quotes may be empty where that has a meaning. */
  private List<String> value(int start, boolean mayBeEmpty) throws FilterException {
    int at = scanner.pos();
    boolean quoted = scanner.at('"');
    List<String> pieces = quoted ? scanner.quoted() : FilterScanner.pieces(scanner.bare());
    boolean empty = pieces.size() == 1 && pieces.getFirst().isEmpty();
    if (empty && !(quoted && mayBeEmpty)) {
      throw new FilterException(
          "no value behind " + Quoting.shown(text.substring(start, at)), "", start, scanner.pos());
    }
    return pieces;
  }
}
