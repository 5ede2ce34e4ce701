// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

/** Whether a recording was opened, or a capture begun. */
public sealed interface OpenResult {
  /** It was. A capture takes the window once it listens; until then it may still fail. */
  record Opened() implements OpenResult {}

  /**
   * It was not; what was open before still is.
   *
   * @param reason one line
   */
  record Refused(String reason) implements OpenResult {}
}
