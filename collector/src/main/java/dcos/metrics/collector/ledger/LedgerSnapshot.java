// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ledger;

import java.util.List;

/**
 * The whole ledger at one instant.
 *
 * @param total every record there was
 * @param sources a row each for the agent, the open connections, the last 1,000 that closed, and
 *     {@code other}
 * @param topics a row each for at most 1,000 Kafka topics, and {@code other}
 */
public record LedgerSnapshot(Counts total, List<Line> sources, List<Line> topics) {
  /**
   * One row.
   *
   * @param name unique among topics, but not among sources: a peer may come back from its port
   */
  public record Line(String name, Counts counts) {}
}
