// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.collector.message.Trigger;
import java.util.Map;

/**
 * What the ledger does not know of batches.
 *
 * @param pendingTopics topics with records that wait for a message, now
 * @param messages made since the start, by what triggered them
 */
public record BatchFigures(long pendingTopics, Map<Trigger, Long> messages) {
  public BatchFigures {
    messages = Map.copyOf(messages);
  }
}
