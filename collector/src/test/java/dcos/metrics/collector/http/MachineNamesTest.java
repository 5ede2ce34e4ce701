// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.testing.FakeClock;
import dcos.metrics.testkit.Await;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MachineNamesTest {
  private final FakeClock clock = new FakeClock();
  private final AtomicInteger lookUps = new AtomicInteger();

  @Test
  void looksNamesUpOncePerAge() {
    var names = new MachineNames(() -> Set.of("node-" + lookUps.incrementAndGet()), clock);

    assertThat(names.contains("node-1")).isTrue();
    assertThat(names.contains("evil.example")).isFalse();
    assertThat(names.contains("node-2")).isFalse();
    assertThat(lookUps.get()).isEqualTo(1);

    clock.advance(MachineNames.MAX_AGE);
    assertThat(names.contains("node-2")).isTrue();
    assertThat(lookUps.get()).isEqualTo(2);
  }

  @Test
  void aKnownNameNeedsNoLookUpHoweverOld() {
    var names = new MachineNames(() -> Set.of("node-" + lookUps.incrementAndGet()), clock);
    assertThat(names.contains("node-1")).isTrue();

    clock.advance(MachineNames.MAX_AGE.multipliedBy(2));

    assertThat(names.contains("node-1")).isTrue();
    assertThat(lookUps.get()).isEqualTo(1);
  }

  @Test
  void doesNotLookUpOnTheThreadOfARequest() throws InterruptedException {
    var virtual = new AtomicBoolean(true);
    var names =
        new MachineNames(
            () -> {
              virtual.set(Thread.currentThread().isVirtual());
              return Set.of("node-1");
            },
            clock);

    Thread.ofVirtual().start(() -> assertThat(names.contains("node-1")).isTrue()).join();

    assertThat(virtual.get()).isFalse();
  }

  @Test
  void aSlowNameServerDelaysRequestsForAMomentAndIsAskedOnce() {
    var answer = new CountDownLatch(1);
    var names =
        new MachineNames(
            () -> {
              lookUps.incrementAndGet();
              awaitUninterruptibly(answer);
              return Set.of("node-1");
            },
            clock);

    assertThat(names.contains("node-1")).isFalse();
    clock.advance(MachineNames.MAX_AGE.multipliedBy(2));
    assertThat(names.contains("evil.example")).isFalse();
    assertThat(lookUps.get()).isEqualTo(1);

    answer.countDown();
    Await.until("the names", () -> names.contains("node-1"));
  }

  @Test
  void aFailedLookUpIsRetriedWhenItIsOld() {
    var names =
        new MachineNames(
            () -> {
              if (lookUps.incrementAndGet() == 1) {
                throw new IllegalStateException("no name server");
              }
              return Set.of("node-1");
            },
            clock);

    assertThat(names.contains("node-1")).isFalse();
    clock.advance(MachineNames.MAX_AGE);

    assertThat(names.contains("node-1")).isTrue();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
