// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.io.IOException;
import java.io.OutputStream;

/** What one path answers to GET. Thread-safe: every request has its own thread. */
interface Page {
  /** One look at what there is to tell: its status is known before its first byte is sent. */
  Answer answer();

  /** The answer to one request. */
  interface Answer {
    default int status() {
      return 200;
    }

    String contentType();

    /** Writes the body piece by piece; the stream stays open. */
    void writeTo(OutputStream out) throws IOException;
  }
}
