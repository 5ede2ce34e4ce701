// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import java.time.Duration;

/**
 * Tells a sender that stopped within a block from one that is slow because we are. One thread, and
 * one for each connection.
 */
final class StallWatch {
  /** How often to look. */
  static final Duration PERIOD = Duration.ofMillis(250);

  /** How long a sender may starve its reader while others wait. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final long LOOKS = PATIENCE.dividedBy(PERIOD);

  /** What a sender that goes on sends between two looks, at least: a few bytes are no progress. */
  private static final long PROGRESS_BYTES = 16_384;

  private long bytesBefore;
  private int looks;

  /**
   * One look.
   *
   * @param starved whether the reader waits for the sender, and others for what it holds
   * @param bytes read so far
   */
  boolean isStalled(boolean starved, long bytes) {
    boolean moves = bytes - bytesBefore >= PROGRESS_BYTES;
    bytesBefore = bytes;
    looks = starved && !moves ? looks + 1 : 0;
    return looks > LOOKS;
  }
}
