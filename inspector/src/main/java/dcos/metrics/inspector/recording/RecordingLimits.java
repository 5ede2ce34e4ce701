// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

/**
 * What a recording may take. What is above goes, the oldest first, and is counted.
 *
 * @param diskBytes of blocks on disk
 * @param indexBytes of memory for where they are and what was decided of their records
 * @param deliveryBytes of memory for messages
 * @param queueBytes of blocks that wait to be written
 * @param queueEvents that wait
 * @param series that are told apart
 * @param points of all series together, beyond the few that each has for itself
 */
public record RecordingLimits(
    long diskBytes,
    long indexBytes,
    long deliveryBytes,
    long queueBytes,
    int queueEvents,
    int series,
    int points) {
  /** What keeps the whole program within half a gigabyte of heap. */
  public static final RecordingLimits DEFAULT =
      new RecordingLimits(2L << 30, 96L << 20, 40L << 20, 32L << 20, 1 << 16, 50_000, 3 << 20);

  public RecordingLimits {
    positive(diskBytes, "diskBytes");
    positive(indexBytes, "indexBytes");
    positive(deliveryBytes, "deliveryBytes");
    positive(queueBytes, "queueBytes");
    positive(queueEvents, "queueEvents");
    positive(series, "series");
    positive(points, "points");
  }

  /** The same with other room on disk. */
  public RecordingLimits withDiskBytes(long bytes) {
    return new RecordingLimits(
        bytes, indexBytes, deliveryBytes, queueBytes, queueEvents, series, points);
  }

  private static void positive(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive, was " + value);
    }
  }
}
