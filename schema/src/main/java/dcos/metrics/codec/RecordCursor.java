// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

/**
 * Steps through encoded {@code MetricList}s without decoding them, checking every length. Positions
 * are indexes into the array. Not thread-safe.
 */
public final class RecordCursor {
  public RecordCursor(byte[] bytes, int from, int to) {}

  /**
   * Moves to the next record, or says that there is none.
   *
   * @throws CorruptRecordException if what follows is no record; the cursor is of no use afterwards
   */
  public boolean next() {
    throw new UnsupportedOperationException("comes with the codec");
  }

  /** Where the record begins. */
  public int start() {
    return 0;
  }

  /** Behind the record's last byte. */
  public int end() {
    return 0;
  }

  /** Where the topic's text begins. */
  public int topicStart() {
    return 0;
  }

  /** Behind the topic's text. */
  public int topicEnd() {
    return 0;
  }

  /** Where the array of tags begins. */
  public int tagsStart() {
    return 0;
  }

  /** The zero that ends the array of tags: where a block of tags can be inserted. */
  public int tagsEnd() {
    return 0;
  }

  /** Steps through the tags of the record that this cursor stands on. */
  public TagCursor tags() {
    return new TagCursor();
  }
}
