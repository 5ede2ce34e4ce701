// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartLineTest {
  private static final double NAN = Double.NaN;

  @Test
  void putsPointsInTheOrderOfTheirTimes() {
    ChartLine line = line(times(30, 10, 20, 10), values(3, 1, 2, 4));

    assertThat(line.time(0)).isEqualTo(10);
    assertThat(drawn(line, 0, 40).values()).containsExactly(1, 4, 2, 3, NAN);
  }

  @Test
  void findsTheNearestPoint() {
    ChartLine line = line(times(10, 20, 30), values(1, 2, 3));

    assertThat(line.nearest(-5)).isEqualTo(0);
    assertThat(line.nearest(15)).isEqualTo(0);
    assertThat(line.nearest(15.1)).isEqualTo(1);
    assertThat(line.nearest(99)).isEqualTo(2);
  }

  @Test
  void skipsWhatIsNotANumberWhenItLooksForTheNearest() {
    ChartLine line = line(times(10, 20, 30, 40), values(1, NAN, Double.POSITIVE_INFINITY, 4));

    assertThat(line.nearest(21)).isEqualTo(0);
    assertThat(line.nearest(29)).isEqualTo(3);
    assertThat(line(times(1), values(NAN)).nearest(1)).isEqualTo(-1);
    assertThat(line(times(), values()).nearest(1)).isEqualTo(-1);
  }

  @Test
  void breaksTheLineAtWhatIsNotANumber() {
    ChartLine line =
        line(times(10, 20, 30, 40, 50, 60), values(1, 2, NAN, 4, 5, Double.NEGATIVE_INFINITY));

    assertThat(drawn(line, 0, 70).values()).containsExactly(1, 2, NAN, 4, 5, NAN);
  }

  @Test
  void breaksTheLineWhereNothingCameForFourTimesTheUsual() {
    ChartLine four = line(times(10, 20, 30, 40, 80, 90), values(1, 2, 3, 4, 5, 6));
    ChartLine more = line(times(10, 20, 30, 40, 81, 91), values(1, 2, 3, 4, 5, 6));

    assertThat(drawn(four, 0, 100).values()).containsExactly(1, 2, 3, 4, 5, 6, NAN);
    assertThat(drawn(more, 0, 100).values()).containsExactly(1, 2, 3, 4, NAN, 5, 6, NAN);
  }

  @Test
  void joinsThePointsOfATimeOfWhichFewAreKept() {
    // The first, the lowest, the highest and the last of every 1000, as a rising line has them.
    long[] times = times(0, 10, 980, 990, 1000, 1010, 1980, 1990, 6000, 6010);
    double[] values = values(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    ChartLine thinned = line(times, values, new ChartLine.KeptPointCounts(3000, 1000, true));

    assertThat(drawn(thinned, 0, 7000).values())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, NAN, 8, 9, NAN);
  }

  @Test
  void joinsFewPointsForNothingIsUsualYet() {
    ChartLine line = line(times(10, 20, 90), values(1, 2, 3));

    assertThat(drawn(line, 0, 100).values()).containsExactly(1, 2, 3, NAN);
  }

  @Test
  void drawsAPointByItselfAsADashThatCanBeSeen() {
    ChartLine line = line(times(10, 20, 30), values(NAN, 2, NAN));
    var range = new ChartRange(0, 100);

    ChartLine.ReducedPoints dash = line.drawn(range, 100, false);
    assertThat(dash.times()).startsWith(19, 21);
    assertThat(dash.values()).containsExactly(2, 2, NAN);
    assertThat(line.drawn(range, 100, true).values()).containsExactly(2, NAN);
  }

  @Test
  void drawsTheLineUntilTheEndsOfTheTime() {
    ChartLine line = line(times(0, 100, 200), values(0, 100, 0));

    ChartLine.ReducedPoints drawn = line.drawn(new ChartRange(50, 175), 125, true);

    assertThat(drawn.times()).containsExactly(50, 100, 175, 175);
    assertThat(drawn.values()).containsExactly(50, 100, 25, NAN);
  }

  @Test
  void drawsNothingWhereTheLineIsNot() {
    ChartLine line = line(times(0, 10, 20), values(1, 2, 3));

    assertThat(line.drawn(new ChartRange(30, 40), 10, false).times()).isEmpty();
    assertThat(line.bounds(new ChartRange(30, 40)).low()).isNaN();
  }

  @Test
  void keepsTheExtremesOfEveryColumn() {
    long[] times = new long[1000];
    double[] values = new double[1000];
    for (int i = 0; i < times.length; i++) {
      times[i] = i;
      values[i] = i == 137 ? 1000 : i == 862 ? -1000 : i % 7;
    }

    ChartLine.ReducedPoints drawn = line(times, values).drawn(new ChartRange(0, 999), 10, false);

    assertThat(drawn.values()).hasSizeLessThanOrEqualTo(45).contains(1000, -1000);
    assertThat(drawn.times()).contains(137, 862).isSorted();
  }

  @Test
  void knowsItsLowestAndHighestWithinATimeAndWhereItEntersIt() {
    ChartLine line = line(times(0, 100, 200), values(0, 100, 0));

    assertThat(line.bounds(new ChartRange(0, 200))).isEqualTo(new ChartLine.LineBounds(0, 100));
    assertThat(line.bounds(new ChartRange(25, 50))).isEqualTo(new ChartLine.LineBounds(25, 50));
    assertThat(line.bounds(new ChartRange(90, 150))).isEqualTo(new ChartLine.LineBounds(50, 100));
  }

  @Test
  void countsItsPointsWithinATime() {
    ChartLine line = line(times(10, 20, 30), values(1, 2, 3));

    assertThat(line.pointsIn(new ChartRange(10, 30))).isEqualTo(3);
    assertThat(line.pointsIn(new ChartRange(10.5, 29.5))).isEqualTo(1);
  }

  @Test
  void refusesTimesWithoutValues() {
    assertThatThrownBy(() -> line(times(1, 2), values(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 times, 1 values");
  }

  private static ChartLine.ReducedPoints drawn(ChartLine line, double from, double to) {
    return line.drawn(new ChartRange(from, to), 1000, true);
  }

  private static ChartLine line(long[] times, double[] values) {
    return line(times, values, new ChartLine.KeptPointCounts(times.length, 0, true));
  }

  private static ChartLine line(long[] times, double[] values, ChartLine.KeptPointCounts kept) {
    return new ChartLine(
        new ChartLine.SeriesIdentity(
            7, "web", "cpu", List.of(new ChartLine.ChartTag("host", "a1"))),
        kept,
        times,
        values);
  }

  private static long[] times(long... times) {
    return Arrays.copyOf(times, times.length);
  }

  private static double[] values(double... values) {
    return Arrays.copyOf(values, values.length);
  }
}
