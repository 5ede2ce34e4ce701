// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PointHistoryTest {
  private static final int CAPACITY = 64;
  private static final long SECOND = 1000;

  private final PointHistory points = new PointHistory(CAPACITY, SECOND);

  @Test
  void keepsEveryPointWhileThereIsRoom() {
    for (int i = 0; i < CAPACITY; i++) {
      add(5, i);
    }

    assertThat(points.values()).hasSize(CAPACITY).isSorted();
    assertThat(points.bucketMs()).isZero();
    assertThat(points.hasDroppedOldest()).isFalse();
  }

  @Test
  void coversATimeThatDoesNotDependOnTheRate() {
    for (int i = 0; i < 200_000; i++) {
      add(i / 10, i); // Ten a millisecond, for twenty seconds.
    }

    assertThat(points.bucketMs()).isEqualTo(SECOND);
    assertThat(points.time(points.size() - 1) - points.time(0)).isGreaterThan(12 * SECOND);
    assertThat(points.value(points.size() - 1)).isEqualTo(199_999);
    assertThat(points.hasDroppedOldest()).isTrue();
  }

  @Test
  void keepsAllOfAShortTimeWithItsEnds() {
    for (int i = 0; i < 100_000; i++) {
      add(i / 100, i); // A second.
    }

    assertThat(points.time(0)).isZero();
    assertThat(points.value(0)).isZero();
    assertThat(points.hasDroppedOldest()).isFalse();
    assertThat(points.size()).isGreaterThan(CAPACITY / 4);
    assertThat(points.bucketMs()).isLessThan(SECOND);
  }

  @Test
  void losesNoExtremeOfAnyTimeThatItKeeps() {
    var random = new Random(3);
    for (int run = 0; run < 200; run++) {
      var some = new PointHistory(CAPACITY, 1 << 20); // Nothing is too old.
      double[] all = random.doubles(1 + random.nextInt(3000)).toArray();
      long time = 0;
      for (double value : all) {
        some.thin();
        some.add(time, value);
        time += random.nextInt(20);
      }

      double[] kept = some.values();
      assertThat(Arrays.stream(kept).max()).isEqualTo(Arrays.stream(all).max());
      assertThat(Arrays.stream(kept).min()).isEqualTo(Arrays.stream(all).min());
      assertThat(kept).startsWith(all[0]).endsWith(all[all.length - 1]);
    }
  }

  @Test
  void keepsAtMostFourOfABucket() {
    var random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      add(i, random.nextDouble());
    }

    Map<Long, Integer> ofSecond = new HashMap<>();
    for (int i = 0; i < points.size(); i++) {
      ofSecond.merge(points.time(i) / SECOND, 1, Integer::sum);
    }
    // Stretches begin where a point came, not with our seconds: two may meet in one.
    assertThat(ofSecond.values()).allMatch(n -> n <= 8);
  }

  @Test
  void keepsAnExtremeRatherThanWhatIsNotANumber() {
    for (int i = 0; i < 4000; i++) {
      add(i, i % 500 == 250 ? 7 : Double.NaN);
    }

    assertThat(points.values()).contains(7);
    assertThat(Arrays.stream(points.values()).filter(value -> value == 7).count()).isEqualTo(8);
  }

  @Test
  void keepsTheLastOfSlowSeriesOneByOne() {
    for (int i = 0; i < 1000; i++) {
      add(i * SECOND, i);
    }

    assertThat(points.values()).hasSize(CAPACITY).startsWith(1000 - CAPACITY).endsWith(999);
  }

  @Test
  void takesAnyTimes() {
    var random = new Random(5);
    for (int i = 0; i < 10_000; i++) {
      add(i % 3 == 0 ? random.nextLong() : i % 3 == 1 ? Long.MAX_VALUE : Long.MIN_VALUE, i);
      assertThat(points.value(points.size() - 1)).isEqualTo(i);
    }

    assertThat(points.size()).isEqualTo(CAPACITY);
  }

  private void add(long timeMs, double value) {
    points.thin();
    points.add(timeMs, value);
  }
}
