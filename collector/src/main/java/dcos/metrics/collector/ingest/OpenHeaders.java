// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import dcos.metrics.codec.container.StreamHeader;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import java.util.Arrays;

/**
 * Keeps the headers of open connections for event listeners that come later. Senders of a node send
 * the same header but for its marker, so its bytes are kept once for those that follow each other.
 * Thread-safe.
 */
final class OpenHeaders {
  /** The largest header whose bytes are kept: a sender must not make us keep much. */
  static final int MAX_BYTES = 2048;

  private static final int MARKER_BYTES = 16;

  private volatile byte[] lastStart = {};

  /**
   * A header without its bytes, if they are too many.
   *
   * @param start all bytes but the marker, shared with other connections
   * @param marker the last bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // written nowhere
  record Kept(EventTime at, StreamHeader header, byte[] start, byte[] marker) {
    Event.HeaderSeen toEvent(long source) {
      byte[] bytes = Arrays.copyOf(start, start.length + marker.length);
      System.arraycopy(marker, 0, bytes, start.length, marker.length);
      return new Event.HeaderSeen(
          at,
          source,
          header.codec(),
          header.writerSchema(),
          header.rewritten(),
          bytes,
          header.offset());
    }
  }

  /**
   * @param bytes all of the header's
   */
  Kept keep(EventTime at, StreamHeader header, byte[] bytes) {
    if (bytes.length > MAX_BYTES || bytes.length < MARKER_BYTES) {
      return new Kept(at, header, new byte[0], new byte[0]);
    }
    int length = bytes.length - MARKER_BYTES;
    byte[] start = lastStart;
    if (!Arrays.equals(start, 0, start.length, bytes, 0, length)) {
      start = Arrays.copyOf(bytes, length);
      lastStart = start;
    }
    return new Kept(at, header, start, Arrays.copyOfRange(bytes, length, bytes.length));
  }
}
