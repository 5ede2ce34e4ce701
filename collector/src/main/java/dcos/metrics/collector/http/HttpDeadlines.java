// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param request from the accepted connection to the end of the request's header
 * @param answer from the request to the end of an answer that has one
 * @param progress for the next bytes of an endless answer
 * @param linger to close the connection after the answer
 */
record HttpDeadlines(Duration request, Duration answer, Duration progress, Duration linger) {
  static final HttpDeadlines DEFAULT =
      new HttpDeadlines(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1));
}
