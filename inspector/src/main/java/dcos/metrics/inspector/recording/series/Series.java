// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.series;

import dcos.metrics.Tag;
import dcos.metrics.collector.filter.SeriesFacts;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The latest of one series: a name, with the topic and the tags that it came with. One object for
 * as long as the series is known, so views can hold on to it. Thread-safe.
 */
public final class Series extends BytesHashTable.BytesEntry implements SeriesFacts {
  private static final int FIRST_POINTS = 16;
  private static final int MAX_POINTS = 512;
  // Of the last two minutes of any series that may have as many points.
  private static final long LONGEST_BUCKET_MS = 1000;
  private static final long TREND_MS = 60_000;

  private final long id;
  private final SeriesGroup group;
  private final String name;
  private final ReentrantLock lock;
  // All below are guarded by lock, the table's.
  private final PointHistory kept = new PointHistory(FIRST_POINTS, LONGEST_BUCKET_MS);
  private final PointRate rate = new PointRate();
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
   * Its last points, oldest first. The arrays are the caller's.
   *
   * @param timesMs as the sender says, since the epoch
   * @param bucketMs bucket width: of each only the first, the lowest, the highest and the last are
   *     kept; 0 where every point is
   * @param fromFirst whether they go back to the first that came
   */
  @SuppressWarnings("ArrayRecordComponent") // a copy for the caller
  public record SeriesPoints(long[] timesMs, double[] values, long bucketMs, boolean fromFirst) {}

  /** Counts up; never used twice in a recording. */
  public long id() {
    return id;
  }

  @Override
  public String topic() {
    return group.topic();
  }

  /** In the order of the first record with them. */
  @Override
  public List<Tag> tags() {
    return group.tags();
  }

  /** As {@code key=value}, separated by blanks. */
  public String tagsText() {
    return group.tagsText();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double last() {
    lock.lock();
    try {
      return kept.value(kept.size() - 1);
    } finally {
      lock.unlock();
    }
  }

  /** As the sender says. */
  @Override
  public long lastTimeMs() {
    lock.lock();
    try {
      return kept.time(kept.size() - 1);
    } finally {
      lock.unlock();
    }
  }

  /** How many points there have been. */
  public long count() {
    lock.lock();
    try {
      return rate.count();
    } finally {
      lock.unlock();
    }
  }

  /** Points a second, by the sender's times over the last seconds; 0 while that is not known. */
  public double rate() {
    lock.lock();
    try {
      return rate.perSecond();
    } finally {
      lock.unlock();
    }
  }

  /** All that is kept of it. */
  public SeriesPoints points() {
    lock.lock();
    try {
      long[] times = new long[kept.size()];
      Arrays.setAll(times, kept::time);
      return new SeriesPoints(times, kept.values(), kept.bucketMs(), !kept.hasDroppedOldest());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The values of the last minute, or of a longer time where there are few: at most so many, with
   * the lowest and the highest.
   */
  public double[] trend(int most) {
    lock.lock();
    try {
      int size = kept.size();
      long sinceMs = kept.time(size - 1) - TREND_MS;
      int from = Math.max(0, size - most);
      while (from > 0 && kept.time(from - 1) >= sinceMs) {
        from--;
      }
      var trend = new PointHistory(most, TREND_MS);
      for (int i = from; i < size; i++) {
        trend.thin();
        trend.add(kept.time(i), kept.value(i));
      }
      return trend.values();
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

  /** Whether one more point needs more room. */
  boolean isFull() {
    return kept.isFull();
  }

  boolean mayGrow() {
    return kept.capacity() < MAX_POINTS;
  }

  int capacity() {
    return kept.capacity();
  }

  void grow() {
    kept.grow();
  }

  /** Makes do with the room that it has. */
  void thin() {
    kept.thin();
  }

  void add(long timeMs, double value) {
    kept.add(timeMs, value);
    rate.add(timeMs);
  }

  boolean gone() {
    return gone;
  }

  void setGone() {
    gone = true;
  }

  /** Points that it has room for beyond the few that each series has. */
  int extraPoints() {
    return kept.capacity() - FIRST_POINTS;
  }
}
