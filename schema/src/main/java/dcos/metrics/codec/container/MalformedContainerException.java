// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.codec.container;

import java.io.IOException;

/**
 * Says that a container is truncated, corrupt, unsupported or over a limit, and at which byte of
 * it.
 */
public final class MalformedContainerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final long offset;
  private final String reason;

  public MalformedContainerException(long offset, String reason) {
    super(reason + " at offset " + offset);
    this.offset = offset;
    this.reason = reason;
  }

  /** The byte of the container, from 0, at which what is wrong begins. */
  public long offset() {
    return offset;
  }

  /** What is wrong, without the offset. */
  public String reason() {
    return reason;
  }
}
