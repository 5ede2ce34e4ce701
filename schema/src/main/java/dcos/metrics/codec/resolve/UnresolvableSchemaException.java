// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec;

/** Thrown for a writer's schema whose values cannot be read as ours; the message is one line. */
public final class UnusableSchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN_CHARS = 200;

  private final String reason;

  UnusableSchemaException(String reason) {
    super(OneLine.of(reason, SHOWN_CHARS));
    this.reason = OneLine.of(reason, SHOWN_CHARS);
  }

  /** The message, which is never null. */
  public String reason() {
    return reason;
  }
}
