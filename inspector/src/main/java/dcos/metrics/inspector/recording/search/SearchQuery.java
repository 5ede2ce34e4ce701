// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.find;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.model.captured.Span;

/**
 * What of a recording is wanted: what a filter finds of that which came in a span of time.
 *
 * @param span by when a record came in, or a message was made
 */
public record Query(Filter filter, Span span) {
  /** Everything. */
  public static final Query ALL = new Query(Filter.ALL, Span.ALWAYS);

  /** What a filter finds at any time. */
  public static Query of(Filter filter) {
    return new Query(filter, Span.ALWAYS);
  }
}
