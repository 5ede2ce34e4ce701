// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.io.IOException;
import java.io.OutputStream;

/** What one path answers to GET. Thread-safe: every request has its own thread. */
interface Page {
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

    /** Whether it goes on until the client goes; otherwise it must be taken within a deadline. */
    default boolean isEndless() {
      return false;
    }

    /** Writes the body piece by piece; the stream stays open. */
    void writeTo(OutputStream out) throws IOException;
  }
}
