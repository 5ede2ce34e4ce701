// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.resolve;

import dcos.metrics.codec.binary.SingleLine;

/** Thrown for a writer's schema whose values cannot be read as ours; the message is one line. */
public final class UnresolvableSchemaException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN_CHARS = 200;

  private final String reason;

  UnresolvableSchemaException(String reason) {
    super(SingleLine.of(reason, SHOWN_CHARS));
    this.reason = SingleLine.of(reason, SHOWN_CHARS);
  }

  /** The message, which is never null. */
  public String reason() {
    return reason;
  }
}
