// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.filter;

/**
 * What has been seen so far, for completion to offer: the likeliest first. Read only as far as
 * suggestions are wanted, so it may be lazy.
 */
public interface Seen {
  /** A text key's values. For {@link Key#TAG} the values of all tags, or none. */
  Iterable<String> values(Key key);

  /** The keys of tags. */
  Iterable<String> tags();

  /** The values of the tag with this key. */
  Iterable<String> tagValues(String tag);
}
