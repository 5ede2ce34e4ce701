// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import java.util.List;

/**
 * Between {@link MetricList} and its encoding: for the edges, where records are made or shown.
 * Thread-safe.
 */
public final class MetricLists {
  private MetricLists() {}

  /** Encodes records behind one another. */
  public static RecordBlock encode(List<MetricList> records) {
    throw new UnsupportedOperationException("comes with the codec");
  }

  /** Decodes every record of a block; invalid UTF-8 becomes U+FFFD. */
  public static List<MetricList> decode(RecordBlock block) {
    throw new UnsupportedOperationException("comes with the codec");
  }

  /**
   * Encodes tags as one block of an Avro array (count and items, no closing zero); no tags are no
   * bytes.
   */
  public static byte[] tagBlock(List<Tag> tags) {
    throw new UnsupportedOperationException("comes with the codec");
  }
}
