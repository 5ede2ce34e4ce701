// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.collector.settings.Option;
import java.io.IOException;

/** No byte of an answer came; the message is one line with the reason. */
final class NoAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Option<?> option;

  /**
   * @param option the one to check first
   */
  NoAnswerException(String message, Option<?> option) {
    super(message);
    this.option = option;
  }

  Option<?> option() {
    return option;
  }
}
