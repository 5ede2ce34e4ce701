// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import java.io.IOException;
import java.time.Duration;

/** A sender took too long, and is closed for it. */
final class StreamTimeoutException extends IOException {
  private static final long serialVersionUID = 1L;

  private StreamTimeoutException(String message) {
    super(message);
  }

  /** It said nothing between two blocks. */
  static StreamTimeoutException idle(Duration timeout) {
    return new StreamTimeoutException(
        "no byte within idle-timeout of " + timeout.toSeconds() + " s");
  }

  /** It holds memory for a header or block that it does not continue, and others wait for it. */
  static StreamTimeoutException stalled() {
    return new StreamTimeoutException(
        "header or block not continued within "
            + StallDetector.PATIENCE.toMillis()
            + " ms while others wait for memory");
  }

  /** It sends nothing, and a new connection needs its place. */
  static StreamTimeoutException replaced() {
    return new StreamTimeoutException(
        "nothing sent, and its place was needed for a new connection (max-connections)");
  }

  /** It sends no records, and the memory for its schema is needed for another. */
  static StreamTimeoutException schemaDropped() {
    return new StreamTimeoutException(
        "no records lately, and the memory for foreign schemas is needed for others");
  }

  /** It began a header or a block, and did not complete it. */
  static StreamTimeoutException incomplete(Duration timeout) {
    return new StreamTimeoutException(
        "header or block not complete within read-timeout of " + timeout.toSeconds() + " s");
  }
}
