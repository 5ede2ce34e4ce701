// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.state;

/**
 * The size of a recording, and how much it dropped to stay within its limits.
 *
 * @param droppedRecords the oldest
 * @param droppedDeliveries the oldest
 * @param droppedSeries those not updated for longest
 * @param datapoints that went into series
 * @param damagedBlocks whose contents do not match their counts
 * @param damagedRecords that they declare; they count as records too
 * @param unknownEvents that were skipped because only later versions know them
 * @param problem why bytes are not kept, one line; else empty
 */
public record StorageUsage(
    long diskBytes,
    long memoryBytes,
    long droppedRecords,
    long droppedDeliveries,
    int series,
    long droppedSeries,
    long datapoints,
    long damagedBlocks,
    long damagedRecords,
    long unknownEvents,
    String problem) {}
