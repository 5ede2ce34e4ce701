// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import java.io.IOException;

/**
 * Reserves the memory for one header or block while it arrives. A {@link ContainerReader} calls it,
 * on its own thread, before it allocates.
 */
@FunctionalInterface
public interface ArrivalMemory {
  /** Reserves nothing: for files, and for streams that are trusted. */
  ArrivalMemory UNLIMITED = (_, _) -> {};

  /**
   * Waits until the reader may hold this many bytes for the header or block, in place of those
   * reserved before. Fewer than before are released.
   *
   * @param bytes in total
   * @param unreadBytes how many bytes of the header or block are still to be read off the stream,
   *     at least
   * @throws IOException if the memory is not available and will not become so
   */
  void reserve(long bytes, long unreadBytes) throws IOException;
}
