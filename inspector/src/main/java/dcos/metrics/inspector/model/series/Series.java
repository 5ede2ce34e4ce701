// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.series;

import dcos.metrics.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The latest of one series: a name, with the topic and the tags that it came with. One object for
 * as long as the series is known, so views can hold on to it. Thread-safe.
 */
public final class Series extends BytesTable.Entry {
  private static final int FIRST_POINTS = 16;
  private static final int MAX_POINTS = 512;
  private static final int RATE_POINTS = 64;

  private final long id;
  private final SeriesGroup group;
  private final String name;
  private final ReentrantLock lock;
  // All below are guarded by lock, the table's.
  private long[] times = new long[FIRST_POINTS];
  private double[] values = new double[FIRST_POINTS];
  private int next;
  private int size;
  private long count;
  private boolean gone;
  // The series that stood behind this one in the last record: a guess for the next.
  @Nullable Series following;
  // In the order of their last updates.
  @Nullable Series older;
  @Nullable Series newer;

  Series(long id, SeriesGroup group, byte[] key, int hash, String name, ReentrantLock lock) {
    super(key, hash);
    this.id = id;
    this.group = group;
    this.name = name;
    this.lock = lock;
  }

  /**
   * Some of its last points, oldest first. The arrays are the caller's.
   *
   * @param timesMs as the sender says, since the epoch
   */
  @SuppressWarnings("ArrayRecordComponent") // a copy, made for whoever asked
  public record Points(long[] timesMs, double[] values) {}

  /** Counts up; never used twice in a recording. */
  public long id() {
    return id;
  }

  /** The Kafka topic. */
  public String topic() {
    return group.topic();
  }

  /** In the order in which they stood the first time. */
  public List<Tag> tags() {
    return group.tags();
  }

  /** As {@code key=value}, separated by blanks. */
  public String tagsText() {
    return group.tagsText();
  }

  /** Of the datapoints. */
  public String name() {
    return name;
  }

  /** The value of the last point. */
  public double last() {
    lock.lock();
    try {
      return values[index(size - 1)];
    } finally {
      lock.unlock();
    }
  }

  /** The time of the last point, as the sender says. */
  public long lastTimeMs() {
    lock.lock();
    try {
      return times[index(size - 1)];
    } finally {
      lock.unlock();
    }
  }

  /** How many points there have been. */
  public long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Points a second, by the sender's times of the last ones; 0 while that can not be said. */
  public double rate() {
    lock.lock();
    try {
      int used = Math.min(size, RATE_POINTS);
      long tookMs = used < 2 ? 0 : times[index(size - 1)] - times[index(size - used)];
      return tookMs <= 0 ? 0 : 1000.0 * (used - 1) / tookMs;
    } finally {
      lock.unlock();
    }
  }

  /** At most so many of the last points. */
  public Points points(int most) {
    lock.lock();
    try {
      int used = Math.min(size, most);
      long[] pointTimes = new long[used];
      double[] pointValues = new double[used];
      for (int i = 0; i < used; i++) {
        int at = index(size - used + i);
        pointTimes[i] = times[at];
        pointValues[i] = values[at];
      }
      return new Points(pointTimes, pointValues);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the table let it go for others; it then stays as it was. */
  public boolean isGone() {
    lock.lock();
    try {
      return gone;
    } finally {
      lock.unlock();
    }
  }

  SeriesGroup group() {
    return group;
  }

  /** Whether one more point needs more room, and may have it. */
  boolean wantsRoom() {
    return size == times.length && size < MAX_POINTS;
  }

  int capacity() {
    return times.length;
  }

  void grow() {
    long[] oldTimes = times;
    double[] oldValues = values;
    times = Arrays.copyOf(times, 2 * size);
    values = Arrays.copyOf(values, 2 * size);
    // Full: the oldest stands at next.
    for (int i = 0; i < size; i++) {
      times[i] = oldTimes[(next + i) % size];
      values[i] = oldValues[(next + i) % size];
    }
    next = size;
  }

  void add(long timeMs, double value) {
    times[next] = timeMs;
    values[next] = value;
    next++;
    if (next == times.length) {
      next = 0;
    }
    size = Math.min(size + 1, times.length);
    count++;
  }

  boolean gone() {
    return gone;
  }

  void setGone() {
    gone = true;
  }

  /** Points that it has room for beyond the few that each series has. */
  int extraPoints() {
    return times.length - FIRST_POINTS;
  }

  private int index(int fromOldest) {
    int oldest = next - size;
    return Math.floorMod(oldest + fromOldest, times.length);
  }
}
