// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.series;

import java.util.Arrays;

/**
 * The points that are kept of a series, in the order in which they came. Every one at first; where
 * there is no more room, at most four of a stretch of time: its first, its lowest, its highest and
 * its last, so that no extreme is lost. The stretch grows with the time that is kept, until it is
 * the longest; from then on the oldest points go. Guarded by the table's lock.
 */
final class PointHistory {
  private static final int FIRST_BUCKET_MS = 8;
  private static final int OF_A_BUCKET = 4;

  private final long longestBucketMs;
  private long[] times;
  private double[] values;
  private int next;
  private int size;
  private long bucketMs;
  // How many of them are of the stretch that the last came in.
  private int held;
  private boolean droppedOldest;

  /** None yet. */
  PointHistory(int capacity, long longestBucketMs) {
    this.times = new long[capacity];
    this.values = new double[capacity];
    this.longestBucketMs = longestBucketMs;
  }

  void add(long timeMs, double value) {
    if (held == OF_A_BUCKET && isOfBucket(timeMs)) {
      dropMiddle();
      int last = back(1);
      times[last] = timeMs;
      values[last] = value;
      return;
    }
    // While every point is kept, a stretch is nothing.
    held = held > 0 && isOfBucket(timeMs) ? held + 1 : 1;
    droppedOldest |= isFull();
    times[next] = timeMs;
    values[next] = value;
    next = next + 1 == times.length ? 0 : next + 1;
    size = Math.min(size + 1, times.length);
  }

  boolean isFull() {
    return size == times.length;
  }

  int capacity() {
    return times.length;
  }

  /** Has room for twice as many. */
  void grow() {
    keepIn(2 * times.length);
  }

  /** Makes room for one more by longer stretches, if it can. */
  void thin() {
    while (isFull() && bucketMs < longestBucketMs) {
      bucketMs = longerBucketMs();
      keepIn(times.length);
    }
  }

  /** The next of those that double in which there can be more points than are kept of it. */
  private long longerBucketMs() {
    long leastMs = Long.MAX_VALUE;
    for (int i = OF_A_BUCKET; i < size; i++) {
      long spannedMs = time(i) - time(i - OF_A_BUCKET);
      if (spannedMs >= 0) {
        leastMs = Math.min(leastMs, spannedMs);
      }
    }
    long longerMs = Math.max(FIRST_BUCKET_MS, 2 * bucketMs);
    while (longerMs <= leastMs && longerMs < longestBucketMs) {
      longerMs *= 2;
    }
    return Math.min(longestBucketMs, longerMs);
  }

  /** How long a time is of which at most four are kept; 0 where every one is. */
  long bucketMs() {
    return bucketMs;
  }

  /** Whether there were older ones, of which none is kept. */
  boolean hasDroppedOldest() {
    return droppedOldest;
  }

  int size() {
    return size;
  }

  /** The time of one, from the oldest on. */
  long time(int i) {
    return times[index(i)];
  }

  /** The value of one, from the oldest on. */
  double value(int i) {
    return values[index(i)];
  }

  double[] values() {
    double[] all = new double[size];
    Arrays.setAll(all, this::value);
    return all;
  }

  private boolean isOfBucket(long timeMs) {
    long sinceFirst = timeMs - times[back(held)];
    return sinceFirst >= 0 && sinceFirst < bucketMs;
  }

  /**
   * Of the three behind a stretch's first, the one between the others: it is neither the lowest nor
   * the highest. What is no number goes before that.
   */
  private void dropMiddle() {
    int one = back(3);
    int two = back(2);
    int three = back(1);
    double a = values[one];
    double b = values[two];
    double c = values[three];
    if (!Double.isFinite(a)) {
      move(two, one);
      move(three, two);
    } else if (!Double.isFinite(b)) {
      move(three, two);
    } else if (Double.isFinite(c) && !isBetween(c, a, b)) {
      if (isBetween(a, b, c)) {
        move(two, one);
      }
      move(three, two);
    }
  }

  private static boolean isBetween(double value, double one, double other) {
    return one <= other ? one <= value && value <= other : other <= value && value <= one;
  }

  private void move(int from, int to) {
    times[to] = times[from];
    values[to] = values[from];
  }

  /** Keeps again what is kept, in so much room. */
  private void keepIn(int capacity) {
    long[] oldTimes = times;
    double[] oldValues = values;
    int oldSize = size;
    int oldest = index(0);
    times = new long[capacity];
    values = new double[capacity];
    next = 0;
    size = 0;
    held = 0;
    for (int i = 0; i < oldSize; i++) {
      int at = (oldest + i) % oldTimes.length;
      add(oldTimes[at], oldValues[at]);
    }
  }

  private int back(int steps) {
    int at = next - steps;
    return at < 0 ? at + times.length : at;
  }

  private int index(int fromOldest) {
    int at = next - size + fromOldest;
    return at < 0 ? at + times.length : at;
  }
}
