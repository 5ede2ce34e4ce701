// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import dcos.metrics.collector.settings.Endpoint;

/** How the start of a capture ended. */
public sealed interface StartResult {
  /**
   * The capture takes records.
   *
   * @param endpoint where senders connect to; never port 0
   */
  record Listening(Endpoint endpoint) implements StartResult {}

  /**
   * The capture takes no records, and cannot be started again.
   *
   * @param reason one line
   */
  record NotStarted(String reason, Cause cause) implements StartResult {}

  /** Why a capture was not started. */
  enum Cause {
    /** Another program listens on the port. */
    PORT_TAKEN,
    /** Anything else, which other settings may correct. */
    OTHER
  }
}
