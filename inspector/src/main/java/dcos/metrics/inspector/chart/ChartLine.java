// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A series as the chart draws it: its points in the order of their times. Immutable. What is no
 * number breaks the line, and so does a time without points that is long for this series.
 */
public final class ChartLine {
  private static final int GAP = 4;
  private static final int MIN_STEPS = 3;

  private final SeriesIdentity of;
  private final KeptPointCounts kept;
  private final long[] times;
  private final double[] values;
  private final long longestStep;

  /**
   * Takes points in any order; the arrays are copied where they must change.
   *
   * @param kept which of all points these are
   * @param timesMs since 1970
   * @param values as many
   */
  public ChartLine(SeriesIdentity of, KeptPointCounts kept, long[] timesMs, double[] values) {
    if (timesMs.length != values.length) {
      throw new IllegalArgumentException(
          "%d times, %d values".formatted(timesMs.length, values.length));
    }
    this.of = of;
    this.kept = kept;
    int[] order = order(timesMs);
    this.times =
        order.length == 0 ? timesMs : IntStream.of(order).mapToLong(i -> timesMs[i]).toArray();
    this.values =
        order.length == 0 ? values : IntStream.of(order).mapToDouble(i -> values[i]).toArray();
    this.longestStep = longestStep(times, kept.bucketMs());
  }

  /** The series that it is of, and by what others are told from it. */
  public record SeriesIdentity(long id, String topic, String name, List<ChartTag> tags) {
    public SeriesIdentity {
      tags = List.copyOf(tags);
    }
  }

  /** A tag of a series. */
  public record ChartTag(String key, String value) {
    @Override
    public String toString() {
      return key + "=" + value;
    }
  }

  /**
   * What is kept of a series.
   *
   * @param total how many points there have been
   * @param bucketMs of so long a time only the first, the lowest, the highest and the last are
   *     kept; 0 where every one is
   * @param fromFirst whether they go back to the first that came
   */
  public record KeptPointCounts(long total, long bucketMs, boolean fromFirst) {}

  /** Points to draw; a value that is no number ends a line and begins another. */
  @SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
  public record ReducedPoints(double[] times, double[] values) {}

  /** From the lowest to the highest value; NaN where there is none. */
  public record LineBounds(double low, double high) {}

  public long id() {
    return of.id();
  }

  public String topic() {
    return of.topic();
  }

  public String name() {
    return of.name();
  }

  public List<ChartTag> tags() {
    return of.tags();
  }

  /** How many points there have been, those included that are not kept. */
  public long total() {
    return kept.total();
  }

  /** Of so long a time only the first, lowest, highest and last are there; 0 where every one is. */
  public long bucketMs() {
    return kept.bucketMs();
  }

  /** Whether the first point that came is there. */
  public boolean fromFirst() {
    return kept.fromFirst();
  }

  public int size() {
    return times.length;
  }

  public long time(int i) {
    return times[i];
  }

  public double value(int i) {
    return values[i];
  }

  /** The finite point nearest to a time, the earlier of two; -1 if there is none. */
  public int nearest(double timeMs) {
    int after = from(timeMs);
    int before = after - 1;
    while (before >= 0 && !Double.isFinite(values[before])) {
      before--;
    }
    while (after < times.length && !Double.isFinite(values[after])) {
      after++;
    }
    if (after == times.length) {
      return before;
    }
    return before >= 0 && timeMs - times[before] <= times[after] - timeMs ? before : after;
  }

  /** The first point at a time or later; {@link #size} if there is none. */
  public int from(double timeMs) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < timeMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many points lie within a time. */
  public int pointsIn(ChartRange range) {
    return Math.max(0, from(Math.nextUp(range.toMillis())) - from(range.fromMillis()));
  }

  /** What is drawn within a time lies between these: its points, and the line where it enters. */
  public LineBounds bounds(ChartRange range) {
    int first = from(range.fromMillis());
    int end = from(Math.nextUp(range.toMillis()));
    double low = Double.NaN;
    double high = Double.NaN;
    for (int i = first; i < end; i++) {
      if (Double.isFinite(values[i])) {
        low = values[i] < low || Double.isNaN(low) ? values[i] : low;
        high = values[i] > high || Double.isNaN(high) ? values[i] : high;
      }
    }
    for (double edge :
        new double[] {between(first, range.fromMillis()), between(end, range.toMillis())}) {
      if (!Double.isNaN(edge)) {
        low = edge < low || Double.isNaN(low) ? edge : low;
        high = edge > high || Double.isNaN(high) ? edge : high;
      }
    }
    return new LineBounds(low, high);
  }

  /**
   * What to draw of a time: every point, or where several share a column, the first, the lowest,
   * the highest and the last of them, which look the same. A line that leaves the time is drawn
   * until its ends.
   *
   * @param columns how many places there are side by side
   * @param dots whether every point gets a dot; a point by itself is drawn as a dash if not
   */
  public ReducedPoints drawn(ChartRange range, int columns, boolean dots) {
    int first = from(range.fromMillis());
    int end = from(Math.nextUp(range.toMillis()));
    var reducer = new PixelReducer(range, columns, dots);
    if (joined(first)) {
      reducer.move(range.fromMillis(), between(first, range.fromMillis()));
    }
    for (int i = first; i < end; i++) {
      if (!joined(i)) {
        reducer.lift();
      }
      if (Double.isFinite(values[i])) {
        reducer.point((double) times[i], values[i]);
      }
    }
    if (joined(end)) {
      reducer.move(range.toMillis(), between(end, range.toMillis()));
    }
    return reducer.drawn();
  }

  /** Whether a line leads from the point before to this one. */
  private boolean joined(int i) {
    return i > 0
        && i < times.length
        && Double.isFinite(values[i - 1])
        && Double.isFinite(values[i])
        && times[i] - times[i - 1] <= longestStep;
  }

  /** The line's value at a time between a point and the one before; NaN where there is no line. */
  private double between(int i, double timeMs) {
    if (!joined(i)) {
      return Double.NaN;
    }
    double step = (double) (times[i] - times[i - 1]);
    double share = step == 0 ? 1 : (timeMs - times[i - 1]) / step;
    return values[i - 1] * (1 - share) + values[i] * share;
  }

  /** The points by their times; empty if they are in that order. */
  private static int[] order(long[] times) {
    boolean sorted = true;
    for (int i = 1; i < times.length && sorted; i++) {
      sorted = times[i - 1] <= times[i];
    }
    return sorted
        ? new int[0]
        : IntStream.range(0, times.length)
            .boxed()
            .sorted(Comparator.comparingLong(i -> times[i])) // Stable: of one time, as they came.
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /**
   * Beyond it, nothing came for a time: several times the usual step, which is no shorter than what
   * few points are kept of.
   */
  private static long longestStep(long[] times, long bucketMs) {
    long[] steps =
        IntStream.range(1, times.length)
            .mapToLong(i -> times[i] - times[i - 1])
            .filter(step -> step > 0)
            .toArray();
    if (steps.length < MIN_STEPS) {
      return Long.MAX_VALUE;
    }
    Arrays.sort(steps);
    long usual = Math.max(bucketMs, steps[steps.length / 2]);
    return usual > Long.MAX_VALUE / GAP ? Long.MAX_VALUE : usual * GAP;
  }
}
