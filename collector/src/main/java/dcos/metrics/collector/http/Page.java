// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** What one path answers to GET. Thread-safe: every request has its own thread. */
interface Page {
  /** How many answers of the page may be sent at once. */
  default int mostAtOnce() {
    return 4;
  }

  /** A client that the answer had to wait for less than this, in all its writes, is not slow. */
  default Duration slow() {
    return Duration.ofMillis(250);
  }

  /**
   * One look at what there is to tell: its status is known before its first byte is sent.
   *
   * @param authorization the request's header; empty if it has none
   */
  Answer answer(String authorization);

  /** The answer to one request. */
  interface Answer {
    default int status() {
      return 200;
    }

    String contentType();

    /**
     * Whether it continues until the client disconnects; then each write has a deadline, otherwise
     * the whole answer has.
     */
    default boolean isEndless() {
      return false;
    }

    /** Writes the body piece by piece; the stream stays open. */
    void writeTo(OutputStream out) throws IOException;
  }
}
