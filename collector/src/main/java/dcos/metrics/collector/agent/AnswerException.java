// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import java.io.IOException;

/** There is no usable answer; the message is one line that says why, and never quotes it. */
final class AnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  AnswerException(String message) {
    super(message);
  }
}
