// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.io.IOException;
import java.io.Serial;

/** A request that is answered with an error and not looked at any further. */
final class MalformedRequestException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final int status;

  /**
   * @param status of the answer, from 400 on
   * @param reason one line for the answer's body, without bytes of the request
   */
  MalformedRequestException(int status, String reason) {
    super(reason);
    this.status = status;
  }

  int status() {
    return status;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
