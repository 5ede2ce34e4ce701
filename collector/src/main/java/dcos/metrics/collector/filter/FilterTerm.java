// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;

/**
 * One term for what the user points at, such as {@code topic="my topic"} for a cell of a table, and
 * the filter line's text with it. Immutable.
 */
public final class FilterTerm {
  private final Node node;

  private FilterTerm(Node node) {
    this.node = node;
  }

  /**
   * What equals this text.
   *
   * @param key one of the keys of texts
   */
  public static FilterTerm equal(Key key, String value) {
    if (key.kind() != Key.Kind.TEXT) {
      throw new IllegalArgumentException(key + " has no texts");
    }
    TextPredicate test = new TextPredicate.Exact(value);
    return new FilterTerm(key == Key.NAME ? new Node.OfName(test) : new Node.OfText(key, test));
  }

  /**
   * What equals this number.
   *
   * @param key one of the keys of numbers; times are not asked for by being equal
   */
  public static FilterTerm equal(Key key, long number) {
    return equal(key, Limit.of(Comparison.EQUAL, BigDecimal.valueOf(number)));
  }

  /**
   * What equals this number.
   *
   * @param key one of the keys of numbers
   */
  public static FilterTerm equal(Key key, double number) {
    return equal(key, Limit.of(Comparison.EQUAL, number));
  }

  private static FilterTerm equal(Key key, Limit limit) {
    return switch (key.kind()) {
      case NUMBER, DURATION ->
          new FilterTerm(
              key == Key.VALUE ? new Node.OfValue(limit) : new Node.OfNumber(key, limit));
      case TEXT, TIME -> throw new IllegalArgumentException(key + " has no numbers");
    };
  }

  /** What has the tag with this value. */
  public static FilterTerm equalTag(String tag, String value) {
    return new FilterTerm(new Node.OfTag(tag, new TextPredicate.Exact(value)));
  }

  /** What has the text anywhere; a {@code *} stands for itself. */
  public static FilterTerm word(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty word");
    }
    return new FilterTerm(new Node.Word(new TextPredicate.Contains(new Glob(List.of(text)))));
  }

  /** The opposite. */
  public FilterTerm not() {
    return new FilterTerm(Node.not(node));
  }

  /**
   * The filter of what this text finds and this term too. The text stays as it was typed; where it
   * is already there, the term is not added again, and where its opposite is, that makes place.
   *
   * @throws FilterException if the text is no filter
   */
  public String addTo(String text) throws FilterException {
    Node whole = Parser.parse(text, ZoneOffset.UTC);
    Node opposite = Node.not(node);
    List<Node> parts =
        whole instanceof Node.Group group && group.all() ? group.parts() : List.of(whole);
    if (parts.contains(node)) {
      return text;
    }
    if (parts.contains(opposite)) {
      List<Node> others = parts.stream().filter(part -> !part.equals(opposite)).toList();
      return others.isEmpty()
          ? node.text()
          : Node.Group.of(true, List.of(Node.Group.of(true, others), node)).text();
    }
    String typed = text.strip();
    if (typed.isEmpty()) {
      return node.text();
    }
    String beside = typed + " " + node.text();
    Node both = Node.Group.of(true, List.of(whole, node));
    // Behind an "or" outside parentheses it would belong to the last part alone.
    return Parser.parse(beside, ZoneOffset.UTC).equals(both)
        ? beside
        : "(" + typed + ") " + node.text();
  }

  /** As a filter spells it. */
  @Override
  public String toString() {
    return node.text();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FilterTerm term && node.equals(term.node);
  }

  @Override
  public int hashCode() {
    return node.hashCode();
  }
}
