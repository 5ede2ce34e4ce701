// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.codec.record.RecordBlock;

/** Takes the records that are made of what the agent says. */
@FunctionalInterface
public interface RecordSink {
  /**
   * Takes a bounded number of records, in their order. May block until there is memory for them:
   * nothing is read from the agent meanwhile, and no timeout runs.
   */
  void accept(RecordBlock records) throws InterruptedException;
}
