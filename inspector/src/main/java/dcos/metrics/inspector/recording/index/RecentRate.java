// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.index;

import java.util.Arrays;

/** How many a second, over the last whole seconds. Guarded by the recording's lock. */
final class RecentRate {
  private static final int SECONDS = 5;

  private final long[] counts = new long[SECONDS + 1];
  private long second = Long.MIN_VALUE;

  void add(long wallMs, long count) {
    advance(wallMs);
    counts[index(second)] += count;
  }

  /** Those of the seconds before this one, on the average. */
  double perSecond(long wallMs) {
    if (second == Long.MIN_VALUE) {
      return 0;
    }
    advance(wallMs);
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return (sum - counts[index(second)]) / (double) SECONDS;
  }

  private void advance(long wallMs) {
    long now = Math.floorDiv(wallMs, 1000);
    if (second == Long.MIN_VALUE || now - second > SECONDS) {
      Arrays.fill(counts, 0);
      second = now;
    }
    while (second < now) { // a clock that went back counts in the second that it left
      second++;
      counts[index(second)] = 0;
    }
  }

  private static int index(long second) {
    return (int) Math.floorMod(second, (long) SECONDS + 1);
  }
}
