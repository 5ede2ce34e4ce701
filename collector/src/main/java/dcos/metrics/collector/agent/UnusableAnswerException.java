// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.collector.settings.Option;
import dcos.metrics.collector.settings.Options;
import java.io.IOException;

/**
 * There was an answer, and it cannot be used. The message is one line that names both the answer
 * and the expected one. It never quotes a body.
 */
final class UnusableAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Option<?> option;

  /** Something else may listen at the agent's port. */
  UnusableAnswerException(String message) {
    this(message, Options.AGENT_PORT);
  }

  /**
   * @param option the one to check first
   */
  UnusableAnswerException(String message, Option<?> option) {
    super(message);
    this.option = option;
  }

  Option<?> option() {
    return option;
  }
}
