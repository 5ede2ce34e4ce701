// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.settings;

import java.util.List;

/**
 * Settings that can not be; the message is one line and names option, value and what is allowed.
 */
public final class InvalidSettingsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Option<?>> options;

  InvalidSettingsException(List<Option<?>> options, String message) {
    super(message);
    this.options = List.copyOf(options);
  }

  /** The options that it is about: one, or those that contradict each other. */
  public List<Option<?>> options() {
    return options;
  }
}
