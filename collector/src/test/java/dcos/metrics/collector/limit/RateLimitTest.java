// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private static final Duration PERIOD = Duration.ofSeconds(60);

  private final FakeClock clock = new FakeClock();
  private final Throttle throttle =
      new Throttle(new Settings.Limit(100, PERIOD), clock, clock.getAsLong());

  @Test
  void passesTheRecordThatCrossesTheLimitAndRefusesThoseAfterItUntilThePeriodEnds() {
    throttle.beginPeriodIfDue();
    assertThat(throttle.tryAcquire(1, 60)).isTrue();
    assertThat(throttle.tryAcquire(1, 60)).isTrue();
    assertThat(throttle.tryAcquire(1, 1)).isFalse();

    clock.advance(PERIOD);
    throttle.beginPeriodIfDue();

    assertThat(throttle.tryAcquire(1, 1)).isTrue();
  }

  @Test
  void keepsItsPeriodUntilItIsToldToLookAtTheClock() {
    throttle.beginPeriodIfDue();
    throttle.tryAcquire(1, 100);
    clock.advance(PERIOD);

    assertThat(throttle.tryAcquire(1, 1)).isFalse();
  }

  @Test
  void sumsUpWhatItRefusedSinceItWasLastAsked() {
    throttle.tryAcquire(1, 100);
    throttle.tryAcquire(2, 30);
    throttle.tryAcquire(3, 40);

    assertThat(throttle.takeRefused()).contains(new Throttle.Refused(5, 70));
    assertThat(throttle.takeRefused()).isEmpty();
  }

  @Test
  void takesAllOrNothingWhenAskedForTheWhole() {
    assertThat(throttle.tryAcquireWhole(101)).isFalse();
    assertThat(throttle.takeRefused()).isEmpty();
    assertThat(throttle.tryAcquireWhole(100)).isTrue();
    assertThat(throttle.tryAcquireWhole(1)).isFalse();
  }

  @Test
  void refusesNothingWhereThereIsNoLimit() {
    Throttle none = Throttle.unlimited();

    assertThat(none.tryAcquire(1, Long.MAX_VALUE)).isTrue();
    assertThat(none.tryAcquireWhole(Long.MAX_VALUE)).isTrue();
  }
}
