// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.enrich;

import java.util.Map;

/**
 * The last state of the Mesos agent: its id, frameworks and executors.
 *
 * @param agentId the agent's id
 * @param frameworkNames framework id to its name
 * @param applicationNames {@link ExecutorKey} to the application that the executor's labels name;
 *     executors without such a label are missing. In recordings of 0.1.0 the keys are executor ids
 *     alone
 * @param unsharedApplicationNames executor id to its application, for executors that exactly one
 *     framework has: for records that do not name their framework. Not in recordings, so empty
 *     where the state was read from one
 */
public record AgentState(
    String agentId,
    Map<String, String> frameworkNames,
    Map<String, String> applicationNames,
    Map<String, String> unsharedApplicationNames) {
  public AgentState {
    frameworkNames = Map.copyOf(frameworkNames);
    applicationNames = Map.copyOf(applicationNames);
    unsharedApplicationNames = Map.copyOf(unsharedApplicationNames);
  }

  /** The state as a recording has it. */
  public AgentState(
      String agentId, Map<String, String> frameworkNames, Map<String, String> applicationNames) {
    this(agentId, frameworkNames, applicationNames, Map.of());
  }

  /** The same without the part that recordings do not have. */
  public AgentState recorded() {
    return new AgentState(agentId, frameworkNames, applicationNames);
  }
}
