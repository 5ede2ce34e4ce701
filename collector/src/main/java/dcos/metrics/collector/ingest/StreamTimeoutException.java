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

  /** It holds memory for a block that it does not send, and others wait for memory. */
  static StreamTimeoutException greedy(Duration patience) {
    return new StreamTimeoutException(
        "block not going on within " + patience.toMillis() + " ms while others wait for memory");
  }

  /** It began a header or a block, and did not complete it. */
  static StreamTimeoutException stalled(Duration timeout) {
    return new StreamTimeoutException(
        "header or block not complete within read-timeout of " + timeout.toSeconds() + " s");
  }
}
