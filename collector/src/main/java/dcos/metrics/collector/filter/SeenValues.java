// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

/**
 * What has been seen so far, for completion to offer: the likeliest first. Read only as far as
 * suggestions are wanted, so it may be lazy.
 */
public interface SeenValues {
  /** A text key's values. For {@link FilterKey#TAG} the values of all tags, or none. */
  Iterable<String> values(FilterKey key);

  /** The keys of tags. */
  Iterable<String> tags();

  /** The values of the tag with this key. */
  Iterable<String> tagValues(String tag);
}
