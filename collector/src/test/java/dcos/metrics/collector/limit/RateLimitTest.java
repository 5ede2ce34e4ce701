// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final Duration PERIOD = Duration.ofSeconds(60);

  private final FakeClock clock = new FakeClock();
  private final RateLimit rateLimit =
      new RateLimit(new Settings.Limit(100, PERIOD), clock, clock.getAsLong());

  @Test
  void passesTheRecordThatCrossesTheLimitAndRefusesThoseAfterItUntilThePeriodEnds() {
    rateLimit.beginPeriodIfDue();
    assertThat(rateLimit.tryAcquire(1, 60)).isTrue();
    assertThat(rateLimit.tryAcquire(1, 60)).isTrue();
    assertThat(rateLimit.tryAcquire(1, 1)).isFalse();

    clock.advance(PERIOD);
    rateLimit.beginPeriodIfDue();

    assertThat(rateLimit.tryAcquire(1, 1)).isTrue();
  }

  @Test
  void keepsItsPeriodUntilItIsToldToLookAtTheClock() {
    rateLimit.beginPeriodIfDue();
    rateLimit.tryAcquire(1, 100);
    clock.advance(PERIOD);

    assertThat(rateLimit.tryAcquire(1, 1)).isFalse();
  }

  @Test
  void sumsUpWhatItRefusedSinceItWasLastAsked() {
    rateLimit.tryAcquire(1, 100);
    rateLimit.tryAcquire(2, 30);
    rateLimit.tryAcquire(3, 40);

    assertThat(rateLimit.takeRefused()).contains(new RateLimit.OverLimit(5, 70));
    assertThat(rateLimit.takeRefused()).isEmpty();
  }

  @Test
  void takesAllOrNothingWhenAskedForTheWhole() {
    assertThat(rateLimit.tryAcquireWhole(101)).isFalse();
    assertThat(rateLimit.takeRefused()).isEmpty();
    assertThat(rateLimit.tryAcquireWhole(100)).isTrue();
    assertThat(rateLimit.tryAcquireWhole(1)).isFalse();
  }

  @Test
  void refusesNothingWhereThereIsNoLimit() {
    RateLimit none = RateLimit.unlimited();

    assertThat(none.tryAcquire(1, Long.MAX_VALUE)).isTrue();
    assertThat(none.tryAcquireWhole(Long.MAX_VALUE)).isTrue();
  }
}
