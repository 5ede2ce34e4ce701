// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import java.io.IOException;

/** The agent answered 401. */
final class CredentialRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  CredentialRefusedException(String message) {
    super(message);
  }
}
