// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

import dcos.metrics.collector.outcome.Receipt;
import java.util.Optional;

/**
 * A record, where it stood in its block, and where it went.
 *
 * @param block the pipeline's id
 * @param index which one of the block's records, from 0
 * @param message the pipeline's id of its message, or -1
 */
public record TracedRecord(CapturedRecord record, long block, int index, long message) {
  /** Where its message is, if that was delivered. */
  public Optional<Receipt> receipt() {
    return record.state().receipt();
  }
}
