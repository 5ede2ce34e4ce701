// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

import dcos.metrics.collector.enrich.AgentState;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the Mesos agent.
 *
 * @param answers the last for each path that was asked
 */
public record CapturedAgent(Optional<AgentState> state, List<AgentResponse> answers) {
  /**
   * An answer, or that there was none.
   *
   * @param path such as {@code /containers}
   * @param from the URL or the file
   * @param failure one line; empty if it answered
   */
  public record AgentResponse(
      String path, String from, long wallMs, long tookNanos, String failure) {}
}
