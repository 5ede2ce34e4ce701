// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.store;

import java.io.IOException;

/** Where blocks' bytes are. Thread-safe for reading. */
public interface BlockStore extends AutoCloseable {
  /**
   * A block's bytes, as they were sent.
   *
   * @param at what the index was told of it
   * @throws IOException if they are not there, or not any more
   */
  byte[] read(long at, int count) throws IOException;

  /** Whether it is a file of the ring's, whose bytes count against the room on disk. */
  default boolean isTemporary() {
    return false;
  }

  @Override
  void close();
}
