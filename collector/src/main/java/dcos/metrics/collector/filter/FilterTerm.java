// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

import java.math.BigDecimal;

/**
 * One term for what the user points at, such as {@code topic="my topic"} for a cell of a table, and
 * the filter line's text with it. Immutable.
 */
public final class FilterTerm {
  private final FilterNode node;

  private FilterTerm(FilterNode node) {
    this.node = node;
  }

  /**
   * What equals this text.
   *
   * @param key one of the keys of texts
   */
  public static FilterTerm equal(FilterKey key, String value) {
    if (key.kind() != FilterKey.KeyKind.TEXT) {
      throw new IllegalArgumentException(key + " has no texts");
    }
    TextPredicate test = new TextPredicate.Exact(value);
    return new FilterTerm(
        key == FilterKey.NAME ? new FilterNode.OfName(test) : new FilterNode.OfText(key, test));
  }

  /**
   * What equals this number.
   *
   * @param key one of the keys of numbers; times are not asked for by being equal
   */
  public static FilterTerm equal(FilterKey key, long number) {
    return equal(key, NumberComparison.of(Comparison.EQUAL, BigDecimal.valueOf(number)));
  }

  private static FilterTerm equal(FilterKey key, NumberComparison limit) {
    return switch (key.kind()) {
      case NUMBER, DURATION ->
          new FilterTerm(
              key == FilterKey.VALUE
                  ? new FilterNode.OfValue(limit)
                  : new FilterNode.OfNumber(key, limit));
      case TEXT, TIME -> throw new IllegalArgumentException(key + " has no numbers");
    };
  }

  /** What has the tag with this value. */
  public static FilterTerm equalTag(String tag, String value) {
    return new FilterTerm(new FilterNode.OfTag(tag, new TextPredicate.Exact(value)));
  }

  /** As a filter spells it. */
  @Override
  public String toString() {
    return node.text();
  }
}
