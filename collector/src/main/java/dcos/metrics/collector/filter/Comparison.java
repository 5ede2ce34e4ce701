// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

/** What stands between a key and a value. */
enum Comparison {
  CONTAINS(":"),
  EQUAL("="),
  NOT_EQUAL("!="),
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">=");

  private final String text;

  Comparison(String text) {
    this.text = text;
  }

  boolean isOrder() {
    return switch (this) {
      case CONTAINS, EQUAL, NOT_EQUAL -> false;
      case LESS, AT_MOST, GREATER, AT_LEAST -> true;
    };
  }

  /**
   * @param order below zero, zero or above zero, as the number compares to the limit
   */
  boolean holds(int order) {
    return switch (this) {
      case CONTAINS, EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
