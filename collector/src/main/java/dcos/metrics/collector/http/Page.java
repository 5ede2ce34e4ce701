// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** What one path answers to GET. Thread-safe: every request has its own thread. */
interface Page {
  /** How many different answers of the page may be in memory at once. */
  default int mostAtOnce() {
    return 4;
  }

  /**
   * To how many clients it is sent at once: what the system keeps for each is large. More clients
   * that do not read are passed sooner.
   */
  default int mostClients() {
    return 48;
  }

  /**
   * How long requests share an answer after it was created, when there are {@link #mostAtOnce}
   * already. Zero if an answer is for one client only.
   */
  default Duration shared() {
    return Duration.ofMillis(250);
  }

  /** A client that made the answer wait for less than this, in all its writes, is not slow. */
  default Duration slow() {
    return Duration.ofMillis(250);
  }

  /**
   * The current state: its status is known before its first byte is sent.
   *
   * @param authorization the request's header; empty if it has none
   */
  PageAnswer answer(String authorization);

  /** The answer to requests that share it. Thread-safe. */
  interface PageAnswer {
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
