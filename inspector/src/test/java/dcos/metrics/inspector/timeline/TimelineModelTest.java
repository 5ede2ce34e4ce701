// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineModelTest {
  private final TimelineModel strip = new TimelineModel();

  @Test
  void limitsToWhatLiesBetweenTwoPlacesInAnyOrder() {
    strip
        .ratesProperty()
        .set(new TimelineModel.TimelineRates(1000, 2000, new double[10], new int[10]));

    strip.brush(0.5, 0.25);

    assertThat(strip.brushProperty().get()).isEqualTo(new TimelineModel.TimelineRange(1250, 1500));
  }

  @Test
  void limitsNothingWhereNextToNothingIsBrushed() {
    strip
        .ratesProperty()
        .set(new TimelineModel.TimelineRates(1000, 2000, new double[10], new int[10]));
    strip.brush(0.25, 0.5);

    strip.brush(0.25, 0.251);

    assertThat(strip.brushProperty().get()).isNull();
  }

  @Test
  void limitsNothingWhereThereIsNoTime() {
    strip.brush(0, 1);

    assertThat(strip.brushProperty().get()).isNull();
  }

  @Test
  void pointsAtTheTimeOfAPlace() {
    strip.point(0.5);
    assertThat(strip.pointedProperty().get()).isNull();
    strip
        .ratesProperty()
        .set(new TimelineModel.TimelineRates(1000, 2000, new double[10], new int[10]));

    strip.point(0.25);
    assertThat(strip.pointedProperty().get()).isEqualTo(1250L);
    strip.point(1.5);
    assertThat(strip.pointedProperty().get()).isEqualTo(2000L);

    strip.pointNowhere();
    assertThat(strip.pointedProperty().get()).isNull();
  }

  @Test
  void limitsToWhatStepsGoOver() {
    strip
        .ratesProperty()
        .set(new TimelineModel.TimelineRates(1000, 2000, new double[10], new int[10]));
    strip.step(-1, false);
    assertThat(strip.pointedProperty().get()).isEqualTo(2000L);
    strip.step(-1, false);
    assertThat(strip.brushProperty().get()).isNull();

    strip.step(-1, true);
    strip.step(-1, true);
    assertThat(strip.brushProperty().get()).isEqualTo(new TimelineModel.TimelineRange(1970, 1990));
    strip.step(1, true);
    assertThat(strip.brushProperty().get()).isEqualTo(new TimelineModel.TimelineRange(1980, 1990));

    strip.step(-1, false);
    strip.step(-1, true);
    assertThat(strip.brushProperty().get()).isEqualTo(new TimelineModel.TimelineRange(1960, 1970));
  }

  @Test
  void limitsToWhatIsNotHiddenUntilThereIsABrush() {
    assertThat(strip.limit()).isEmpty();
    strip.hiddenBeforeProperty().set(1500L);

    assertThat(strip.limit()).contains(new TimelineModel.TimelineRange(1500, Long.MAX_VALUE));
    strip.brushProperty().set(new TimelineModel.TimelineRange(1000, 1200));
    assertThat(strip.limit()).contains(new TimelineModel.TimelineRange(1000, 1200));
  }

  @Test
  void numbersMarksAndKeepsTheLastHundred() {
    for (int i = 1; i <= 101; i++) {
      assertThat(strip.mark(i).number()).isEqualTo(i);
    }

    assertThat(strip.marks()).hasSize(100);
    assertThat(strip.marks().getFirst()).isEqualTo(new TimelineModel.TimeMark(2, 2));
  }

  @Test
  void knowsWhichMarksStandNextToAPlace() {
    strip
        .ratesProperty()
        .set(new TimelineModel.TimelineRates(1000, 2000, new double[10], new int[10]));
    TimelineModel.TimeMark one = strip.mark(1500);
    TimelineModel.TimeMark other = strip.mark(1510);
    strip.mark(1600);

    assertThat(strip.marksAt(0.5, 0.02)).containsExactly(one, other);
  }

  @Test
  void beginsAnewWithAnotherRecording() {
    strip.mark(1500);
    strip.hiddenBeforeProperty().set(1500L);
    strip.brushProperty().set(new TimelineModel.TimelineRange(1, 2));

    strip.reset();

    assertThat(strip.limit()).isEmpty();
    assertThat(strip.marks()).isEmpty();
    assertThat(strip.mark(7)).isEqualTo(new TimelineModel.TimeMark(1, 7));
  }

  @Test
  void findsTheErrorsUnderAPlace() {
    TimelineModel marked = new TimelineModel();
    int[] errors = new int[11];
    errors[5] = 1;
    errors[6] = 3;
    marked.ratesProperty().set(new TimelineModel.TimelineRates(1000, 2100, new double[11], errors));

    assertThat(marked.errorsAt(0.5, 0.02)).hasValue(new TimelineModel.TimelineRange(1500, 1600));
    assertThat(marked.errorsAt(0.55, 0.06)).hasValue(new TimelineModel.TimelineRange(1500, 1700));
    assertThat(marked.errorsAt(0.9, 0.02)).isEmpty();
    assertThat(new TimelineModel().errorsAt(0.5, 0.1)).isEmpty();
  }
}
