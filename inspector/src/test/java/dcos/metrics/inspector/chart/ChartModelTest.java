// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChartModelTest {
  private static final Offset<Double> EXACTLY = within(1e-6);

  private final ChartModel chart = new ChartModel();

  @BeforeEach
  void aThousandMilliseconds() {
    chart.update(List.of(line(1, 0, 1000)), 1);
  }

  @Test
  void showsAllThatIsKeptAndWhatComes() {
    shows(0, 1000);

    chart.update(List.of(line(1, 200, 1200)), 1);

    shows(200, 1200);
    assertThat(chart.followingProperty().get()).isTrue();
  }

  @Test
  void showsTheTimeOfAllLines() {
    chart.update(List.of(line(1, 500, 1000), line(2, 100, 800)), 2);

    shows(100, 1000);
  }

  @Test
  void keepsWhatIsAtAPlaceThereWhenItZooms() {
    chart.zoom(0.5, 0.2);

    shows(100, 600);
    assertThat(chart.followingProperty().get()).isFalse();
    assertThat(chart.wholeProperty().get()).isFalse();
  }

  @Test
  void staysWithTheNewestWhenItZoomsThere() {
    chart.zoom(0.5);
    shows(500, 1000);

    chart.update(List.of(line(1, 200, 1200)), 1);

    shows(700, 1200);
    assertThat(chart.followingProperty().get()).isTrue();
  }

  @Test
  void staysWhereItIsWhilePointsComeOnceItWasMovedAway() {
    chart.zoom(0.5);
    chart.pan(-0.2);
    shows(400, 900);

    chart.update(List.of(line(1, 200, 1200)), 1);

    shows(400, 900);
    assertThat(chart.followingProperty().get()).isFalse();
  }

  @Test
  void followsAgainWhenMovedToTheEnd() {
    chart.zoom(0.5);
    chart.pan(-0.5);

    chart.pan(2);

    shows(500, 1000);
    assertThat(chart.followingProperty().get()).isTrue();
  }

  @Test
  void followsWhenAsked() {
    chart.zoom(0.25, 0);

    chart.follow();

    shows(750, 1000);
    assertThat(chart.followingProperty().get()).isTrue();
  }

  @Test
  void goesNoFurtherThanItsPoints() {
    chart.zoom(0.5, 0);

    chart.pan(-3);

    shows(0, 500);
  }

  @Test
  void showsAllWhenItIsZoomedOutThatFar() {
    chart.zoom(0.5, 0.5);

    chart.zoom(4, 0.5);

    shows(0, 1000);
    assertThat(chart.wholeProperty().get()).isTrue();
  }

  @Test
  void showsTenMillisecondsAtLeast() {
    for (int i = 0; i < 50; i++) {
      chart.zoom(0.5, 0.5);
    }

    assertThat(chart.rangeProperty().get().timeRange()).isCloseTo(10, EXACTLY);
  }

  @Test
  void showsATimeAsFarAsThereArePoints() {
    chart.show(new ChartRange(-500, 300));
    shows(0, 300);

    chart.show(new ChartRange(400, 600));
    shows(400, 600);
  }

  @Test
  void showsAllAgainOnReset() {
    chart.zoom(0.1, 0.3);

    chart.reset();

    shows(0, 1000);
    assertThat(chart.followingProperty().get()).isTrue();
  }

  @Test
  void keepsTheTimeThatShowsWhenAnotherSeriesHasPointsThere() {
    chart.zoom(0.5, 0);

    chart.update(List.of(line(1, 0, 1000), line(2, 0, 2000)), 2);

    shows(0, 500);
  }

  @Test
  void showsAllWhenOtherSeriesHaveNothingInTheTimeThatShowed() {
    chart.zoom(0.5, 0);

    chart.update(List.of(line(2, 5000, 6000)), 1);

    shows(5000, 6000);
  }

  @Test
  void showsSomeTimeAroundASinglePoint() {
    chart.update(List.of(line(1, 500, 500)), 1);

    shows(495, 505);
  }

  @Test
  void readsThePointOfEachLineNextToTheCrosshairExactly() {
    chart.update(
        List.of(
            new ChartLine(
                named(1, "a"),
                new ChartLine.KeptPointCounts(3, 0, true),
                new long[] {0, 400, 1000},
                new double[] {1, 0.1 + 0.2, 3}),
            new ChartLine(
                named(2, "b"),
                new ChartLine.KeptPointCounts(2, 0, true),
                new long[] {0, 700},
                new double[] {-5, 6})),
        2);

    chart.point(0.45);

    ChartModel.Crosshair crosshair = crosshair();
    assertThat(crosshair.timeMs()).isEqualTo(450);
    assertThat(crosshair.readings())
        .extracting(ChartModel.CrosshairReading::timeMs)
        .containsExactly(400L, 700L);
    assertThat(crosshair.readings())
        .extracting(ChartModel.CrosshairReading::value)
        .containsExactly(0.30000000000000004, 6.0);
  }

  @Test
  void readsAnewWhenTheTimeBelowTheCrosshairChanges() {
    chart.point(0.5);

    chart.update(List.of(line(1, 1000, 2000)), 1);

    assertThat(crosshair().timeMs()).isEqualTo(1500);
    assertThat(crosshair().readings().getFirst().timeMs()).isEqualTo(1500);
  }

  @Test
  void stepsFromPointToPoint() {
    chart.step(-1);
    assertThat(crosshair().timeMs()).isEqualTo(1000);

    chart.step(-1);
    assertThat(crosshair().timeMs()).isEqualTo(900);

    chart.step(1);
    chart.step(1);
    assertThat(crosshair().timeMs()).isEqualTo(1000);
  }

  @Test
  void takesTheCrosshairAwayWithTheLines() {
    chart.point(0.5);

    chart.update(List.of(), 0);

    assertThat(chart.crosshairProperty().get()).isNull();
  }

  @Test
  void leavesRoomAboveAndBelowTheValuesThatShow() {
    chart.update(List.of(line(1, 0, 1000), flat(2, 20)), 2);

    assertThat(chart.values()).isEqualTo(new ChartModel.ValueRange(-1, 21));
  }

  @Test
  void leavesRoomAroundAValueThatStaysTheSame() {
    chart.update(List.of(flat(2, 20)), 1);
    assertThat(chart.values()).isEqualTo(new ChartModel.ValueRange(19, 21));

    chart.update(List.of(flat(2, 0)), 1);
    assertThat(chart.values()).isEqualTo(new ChartModel.ValueRange(-1, 1));
  }

  @Test
  void copesWithTheLargestValues() {
    chart.update(
        List.of(
            new ChartLine(
                named(1, "a"),
                new ChartLine.KeptPointCounts(2, 0, true),
                new long[] {0, 10},
                new double[] {-Double.MAX_VALUE, Double.MAX_VALUE})),
        1);

    assertThat(chart.values().low()).isNegative().isFinite();
    assertThat(chart.values().high()).isPositive().isFinite();
  }

  @Test
  void givesALineItsColourForAsLongAsItIsDrawn() {
    ChartLine second = line(2, 0, 10);
    ChartLine third = line(3, 0, 10);
    chart.update(List.of(line(1, 0, 10), second, third), 3);

    chart.update(List.of(second, third, line(4, 0, 10)), 3);

    assertThat(chart.colour(second)).isEqualTo(1);
    assertThat(chart.colour(third)).isEqualTo(2);
    assertThat(chart.colour(line(4, 0, 10))).isZero();
  }

  @Test
  void reportsWhatItLeavesOut() {
    assertThat(chart.noteProperty().get()).isEmpty();

    var cut =
        new ChartLine(
            named(1, "a"),
            new ChartLine.KeptPointCounts(3600, 0, false),
            new long[] {1, 2},
            new double[] {1, 2});
    chart.update(List.of(cut), 1400);

    assertThat(chart.noteProperty().get())
        .isEqualTo("1 of 1,400 selected are drawn · last 2 of up to 3,600 points");
  }

  @Test
  void reportsWhichPointsItDrawsOfAll() {
    var thinned =
        new ChartLine(
            named(1, "a"),
            new ChartLine.KeptPointCounts(34_169, 512, true),
            new long[] {1, 2},
            new double[] {1, 2});
    chart.update(List.of(thinned), 1);

    assertThat(chart.noteProperty().get())
        .isEqualTo(
            "2 of up to 34,169 points · the first, lowest, highest and last of every 512 ms");
  }

  @Test
  void callsEachLineByWhatTellsItFromTheOthers() {
    ChartLine alone = line(1, 0, 10);
    chart.update(List.of(alone), 1);
    assertThat(chart.label(alone)).isEqualTo("cpu");

    chart.update(List.of(tagged(1, "a1"), tagged(2, "a2")), 2);

    assertThat(chart.heading()).isEqualTo("cpu by host");
    assertThat(chart.linesProperty().get()).extracting(chart::label).containsExactly("a1", "a2");
  }

  private static ChartLine tagged(long id, String host) {
    return new ChartLine(
        new ChartLine.SeriesIdentity(
            id, "web", "cpu", List.of(new ChartLine.ChartTag("host", host))),
        new ChartLine.KeptPointCounts(1, 0, true),
        new long[] {1},
        new double[] {1});
  }

  @Test
  void refusesMoreLinesThanItHasColours() {
    List<ChartLine> eleven = LongStream.range(0, 11).mapToObj(i -> line(i, 0, 10)).toList();

    assertThatThrownBy(() -> chart.update(eleven, 11))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("11 lines, at most 10 are drawn");
  }

  @Test
  void hasDotsWhenThereIsRoomForThem() {
    assertThat(chart.hasDots(200)).isTrue();
    assertThat(chart.hasDots(100)).isFalse();
  }

  private void shows(double from, double to) {
    assertThat(chart.rangeProperty().get().fromMillis()).isCloseTo(from, EXACTLY);
    assertThat(chart.rangeProperty().get().toMillis()).isCloseTo(to, EXACTLY);
  }

  private ChartModel.Crosshair crosshair() {
    return Objects.requireNonNull(chart.crosshairProperty().get());
  }

  /** Eleven points, from 0 to 10. */
  private static ChartLine line(long id, long from, long to) {
    long[] times = LongStream.rangeClosed(0, 10).map(i -> from + i * (to - from) / 10).toArray();
    return new ChartLine(
        named(id, "cpu"),
        new ChartLine.KeptPointCounts(11, 0, true),
        times,
        LongStream.rangeClosed(0, 10).asDoubleStream().toArray());
  }

  private static ChartLine flat(long id, double value) {
    double[] values = new double[11];
    Arrays.fill(values, value);
    long[] times = LongStream.rangeClosed(0, 10).map(i -> i * 100).toArray();
    return new ChartLine(
        named(id, "flat"), new ChartLine.KeptPointCounts(11, 0, true), times, values);
  }

  private static ChartLine.SeriesIdentity named(long id, String name) {
    return new ChartLine.SeriesIdentity(id, "web", name, List.of());
  }
}
