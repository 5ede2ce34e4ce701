// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

/** What a filter asks of one datapoint. */
@FunctionalInterface
public interface DatapointPredicate {
  boolean test(CharSequence name, double value);
}
