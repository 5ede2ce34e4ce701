// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.testing.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapShrinkerTest {
  private static final long MB = 1 << 20;
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(30);

  private final FakeClock clock = new FakeClock();
  private long committed = 36 * MB;
  private long held;
  private long committedAfterCollection = 20 * MB;
  private Duration collectionTakes = Duration.ZERO;
  private int collections;

  private final HeapShrinker shrinker =
      new HeapShrinker(36 * MB, () -> committed, () -> held, this::collect, clock);

  @Test
  void collectsWhenTheHeapIsMuchLargerThanTheHeldRecords() {
    clock.advance(SHORTEST_PAUSE);
    shrinker.check();

    assertThat(collections).isEqualTo(1);
  }

  @Test
  void doesNotCollectWhileRecordsFillTheHeap() {
    held = 12 * MB;
    clock.advance(SHORTEST_PAUSE);
    shrinker.check();
    assertThat(collections).isZero();

    held = 11 * MB;
    shrinker.check();

    assertThat(collections).isEqualTo(1);
  }

  @Test
  void doesNotCollectASmallHeap() {
    committed = 24 * MB;
    clock.advance(SHORTEST_PAUSE);
    shrinker.check();

    assertThat(collections).isZero();
  }

  @Test
  void pausesBetweenTwoCollections() {
    shrinker.check();
    assertThat(collections).isZero();

    clock.advance(SHORTEST_PAUSE);
    shrinker.check();
    committed = 36 * MB;
    clock.advance(SHORTEST_PAUSE.minusNanos(1));
    shrinker.check();
    assertThat(collections).isEqualTo(1);

    clock.advance(Duration.ofNanos(1));
    shrinker.check();

    assertThat(collections).isEqualTo(2);
  }

  @Test
  void pausesLongerAfterACollectionThatReturnedLittle() {
    committedAfterCollection = 33 * MB;
    clock.advance(SHORTEST_PAUSE);
    shrinker.check();
    clock.advance(SHORTEST_PAUSE);
    shrinker.check();
    assertThat(collections).isEqualTo(1);

    clock.advance(SHORTEST_PAUSE);
    shrinker.check();

    assertThat(collections).isEqualTo(2);
  }

  @Test
  void pausesNoLongerThanSixteenMinutesAndAsBeforeOnceACollectionReturnsMuch() {
    committedAfterCollection = 36 * MB;
    for (int i = 0; i < 20; i++) {
      clock.advance(Duration.ofMinutes(16));
      shrinker.check();
    }
    assertThat(collections).isEqualTo(20);

    committedAfterCollection = 20 * MB;
    clock.advance(Duration.ofMinutes(16));
    shrinker.check();
    committed = 36 * MB;
    clock.advance(SHORTEST_PAUSE);
    shrinker.check();

    assertThat(collections).isEqualTo(22);
  }

  @Test
  void spendsAtMostAHundredthOfTheTimeOnCollections() {
    collectionTakes = Duration.ofMillis(700);
    clock.advance(SHORTEST_PAUSE);
    shrinker.check();
    committed = 36 * MB;
    clock.advance(Duration.ofSeconds(69));
    shrinker.check();
    assertThat(collections).isEqualTo(1);

    clock.advance(Duration.ofSeconds(1));
    shrinker.check();

    assertThat(collections).isEqualTo(2);
  }

  private void collect() {
    collections++;
    clock.advance(collectionTakes);
    committed = committedAfterCollection;
  }
}
