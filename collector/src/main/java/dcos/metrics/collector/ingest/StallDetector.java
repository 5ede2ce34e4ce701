// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import java.time.Duration;

/**
 * For how long a connection has made no progress, whether or not its memory is wanted: when it is
 * wanted, all that have made none are closed together. One thread, and one for each connection.
 */
final class StallDetector {
  /** How often to look. */
  static final Duration PERIOD = Duration.ofMillis(250);

  /** How long a sender may make no progress while others wait. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final long LOOKS = PATIENCE.dividedBy(PERIOD);

  /** What a sender that continues sends between two looks, at least: a few bytes do not count. */
  private static final long PROGRESS_BYTES = 16_384;

  private long bytesBefore;
  private long recordsBefore;
  private long silentLooks;

  /**
   * One look.
   *
   * @param bytes that have come so far
   * @param records that were read so far; one is progress, however small its block
   */
  void look(long bytes, long records) {
    boolean progress = bytes - bytesBefore >= PROGRESS_BYTES || records != recordsBefore;
    bytesBefore = bytes;
    recordsBefore = records;
    silentLooks = progress ? 0 : silentLooks + 1;
  }

  /** Whether the sender has made none for {@link #PATIENCE}. */
  boolean isStalled() {
    return silentLooks > LOOKS;
  }

  /** How many looks have passed since the last progress. */
  long silentLooks() {
    return silentLooks;
  }
}
