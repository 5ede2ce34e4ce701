// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

/** What is asked in every poll, in this order. */
enum AgentEndpoint {
  STATE("/state"),
  SYSTEM("/metrics/snapshot"),
  CONTAINERS("/containers");

  private final String path;

  AgentEndpoint(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }
}
