// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.tags;

import java.util.Map;

/**
 * What the Mesos agent last said of itself and of what it runs.
 *
 * @param agentId the agent's id
 * @param frameworkNames framework id to its name
 * @param applicationNames executor id to the application that its labels name; those without one
 *     are missing
 */
public record AgentState(
    String agentId, Map<String, String> frameworkNames, Map<String, String> applicationNames) {
  public AgentState {
    frameworkNames = Map.copyOf(frameworkNames);
    applicationNames = Map.copyOf(applicationNames);
  }
}
