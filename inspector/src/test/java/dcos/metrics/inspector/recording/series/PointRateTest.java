// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointRateTest {
  private final PointRate rate = new PointRate();

  @Test
  void reportsNothingBeforeThereAreTwoTimes() {
    assertThat(rate.perSecond()).isZero();
    add(1000, 7);
    assertThat(rate.perSecond()).isZero();
    add(2000, 1);
    assertThat(rate.perSecond()).isEqualTo(1);
  }

  /** As a sender does that gives all of a tenth of a second the same time. */
  @ParameterizedTest
  @ValueSource(ints = {10, 50, 130, 280, 1000, 5000, 60_000})
  void isRightAtAnyRateAndInTheMiddleOfWhatCameAtOnce(int perSecond) {
    long now = 1_700_000_000_000L;
    for (int tenth = 0; tenth < 300; tenth++) {
      for (int i = 0; i < perSecond / 10; i++) {
        rate.add(now);
        if (tenth > 1 && (i % 97 == 0 || i == perSecond / 10 - 1)) {
          assertThat(rate.perSecond()).isCloseTo(perSecond, Percentage.withPercentage(1e-6));
        }
      }
      now += 100;
    }
    assertThat(rate.count()).isEqualTo(30L * perSecond);
  }

  @Test
  void isRightWherePointsComeAtOddTimes() {
    var random = new Random(1);
    long now = 0;
    for (int i = 0; i < 100_000; i++) {
      now += random.nextInt(3); // One a millisecond, on the average.
      rate.add(now - random.nextInt(20)); // Some overtake others.
    }

    assertThat(rate.perSecond()).isCloseTo(1000, Percentage.withPercentage(5));
  }

  @Test
  void isOfTheLastSeconds() {
    long now = 0;
    for (int i = 0; i < 60_000; i++) {
      rate.add(now++);
    }
    for (int i = 0; i < 70; i++) {
      add(now, 1);
      now += 100;
    }

    assertThat(rate.perSecond()).isCloseTo(10, within(0.2));
  }

  @Test
  void isRightOfSlowSeries() {
    for (int i = 0; i < 100; i++) {
      add(i * 60_000L, 1);
    }

    assertThat(rate.perSecond()).isEqualTo(1 / 60.0);
  }

  @Test
  void beginsAnewWhenTheClockWentBack() {
    for (int i = 0; i < 100; i++) {
      add(1_000_000 + i * 1000L, 1);
    }
    for (int i = 0; i < 3; i++) {
      add(i * 500L, 1);
    }

    assertThat(rate.perSecond()).isEqualTo(2);
  }

  @Test
  void takesATimeFarFromTheOthers() {
    for (long time : new long[] {0, 1000, Long.MAX_VALUE, 2000, Long.MIN_VALUE, 3000, 4000}) {
      add(time, 1);
      assertThat(rate.perSecond()).isNotNegative();
    }
    for (int i = 5; i < 30; i++) {
      add(i * 1000L, 1);
    }

    assertThat(rate.perSecond()).isEqualTo(1);
  }

  private void add(long timeMs, int times) {
    for (int i = 0; i < times; i++) {
      rate.add(timeMs);
    }
  }
}
