// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

/** What is lost when something else takes the place of what is open. */
public sealed interface LeaveResult {
  /** Nothing, or only what the user agreed to lose. */
  record Lossless() implements LeaveResult {}

  /**
   * Records that are in no file.
   *
   * @param records how many, at least 1
   */
  record Loses(long records) implements LeaveResult {}
}
