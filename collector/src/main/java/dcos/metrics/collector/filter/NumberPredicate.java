// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

/** What a term asks of a number. Immutable. */
public interface NumberPredicate {
  /** Exact for every long. */
  boolean test(long number);

  /** NaN is equal to NaN, and neither above nor below anything. */
  boolean test(double number);
}
