// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.series;

/**
 * How many points of a series came, and how many a second by the sender's times: counted between
 * two of its last points that are some seconds apart, whatever is kept of those between. Guarded by
 * the table's lock.
 */
final class PointRate {
  private static final long RANGE_MS = 3000;
  // Of a series with few points a second, more time: one that is late would show.
  private static final int MIN_POINTS = 8;

  private long count;
  // The times that it is counted from, now and next, and how many had come by their end: a sender
  // gives many points the same time.
  private long fromMs;
  private long fromCount;
  private long nextFromMs;
  private long nextFromCount;
  // The latest time may still be getting points: the one before has all of its own.
  private long beforeMs;
  private long beforeCount;
  private long latestMs;

  void add(long timeMs) {
    if (count == 0 || timeMs < latestMs) {
      addEarlier(timeMs);
    } else if (timeMs > latestMs) {
      addLater(timeMs);
    }
    count++;
    if (nextFromMs == latestMs) {
      nextFromCount = count;
      if (fromMs == latestMs) {
        fromCount = count;
      }
    }
  }

  /** How many have come. */
  long count() {
    return count;
  }

  /** 0 while it can not be said. */
  double perSecond() {
    if (beforeMs > fromMs) {
      return perSecond(beforeCount, beforeMs);
    }
    return latestMs > fromMs ? perSecond(count, latestMs) : 0;
  }

  private double perSecond(long toCount, long toMs) {
    return 1000.0 * (toCount - fromCount) / elapsed(fromMs, toMs);
  }

  private void addLater(long timeMs) {
    beforeMs = latestMs;
    beforeCount = count;
    latestMs = timeMs;
    if (elapsed(nextFromMs, timeMs) >= RANGE_MS && count - nextFromCount >= MIN_POINTS) {
      fromMs = nextFromMs;
      fromCount = nextFromCount;
      nextFromMs = timeMs;
    }
  }

  /** A little late is counted with the others; a clock that went back begins anew. */
  private void addEarlier(long timeMs) {
    if (count == 0 || elapsed(timeMs, latestMs) > RANGE_MS) {
      fromMs = timeMs;
      nextFromMs = timeMs;
      beforeMs = timeMs;
      latestMs = timeMs;
    }
  }

  /** As much as a long can say, where it is more. */
  private static long elapsed(long from, long to) {
    long elapsed = to - from;
    return elapsed < 0 ? Long.MAX_VALUE : elapsed;
  }
}
