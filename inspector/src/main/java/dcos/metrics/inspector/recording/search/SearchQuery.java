// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.search;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.recording.state.TimeRange;

/**
 * What of a recording is wanted: what a filter finds of that which came in a span of time.
 *
 * @param timeRange by when a record came in, or a message was made
 */
public record SearchQuery(Filter filter, TimeRange timeRange) {
  /** Everything. */
  public static final SearchQuery ALL = new SearchQuery(Filter.ALL, TimeRange.ALWAYS);

  /** What a filter finds at any time. */
  public static SearchQuery of(Filter filter) {
    return new SearchQuery(filter, TimeRange.ALWAYS);
  }
}
