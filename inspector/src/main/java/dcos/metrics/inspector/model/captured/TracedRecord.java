// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.captured;

/**
 * A record, where it stood in its block, and where it went.
 *
 * @param block the pipeline's id
 * @param index which one of the block's records, from 0
 * @param message the pipeline's id of its message, or -1
 * @param partition -1 unless it was delivered
 * @param offset of its message, -1 unless it was delivered
 */
public record TracedRecord(
    CapturedRecord record, long block, int index, long message, int partition, long offset) {}
