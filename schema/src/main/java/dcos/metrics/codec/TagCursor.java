// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

/** Steps through the tags of one record, which were walked before. Not thread-safe. */
public final class TagCursor {
  TagCursor() {}

  /** Moves to the next tag, or says that there is none. */
  public boolean next() {
    return false;
  }

  /** Whether the key is these UTF-8 bytes. */
  public boolean keyIs(byte[] utf8) {
    return false;
  }

  /** The value as text; invalid UTF-8 shows as U+FFFD. */
  public String value() {
    return "";
  }
}
