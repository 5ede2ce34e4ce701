// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArrivalReservationTest {
  private final AtomicInteger onWait = new AtomicInteger();
  // Three blocks of 200 fit, and a share of 400 for all arrivals but the oldest.
  private final MemoryBudget budget = new MemoryBudget(1000, 200, onWait::incrementAndGet);

  @Test
  void growsAndShrinksWithoutWaitingWhileThereIsRoom() throws Exception {
    ArrivalReservation arrival = budget.arrival();

    assertThat(arrival.resize(100, false)).isFalse();
    assertThat(arrival.resize(300, false)).isFalse();
    assertThat(budget.usedBytes()).isEqualTo(300);
    assertThat(arrival.resize(50, false)).isFalse();
    assertThat(arrival.bytes()).isEqualTo(50);
    assertThat(budget.usedBytes()).isEqualTo(50);

    arrival.close();
    arrival.close();
    assertThat(budget.usedBytes()).isZero();
    assertThatThrownBy(() -> arrival.resize(1, false)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void becomesAChargeThatIsReleasedOnce() throws Exception {
    ArrivalReservation arrival = budget.arrival();
    arrival.resize(100, true);

    Reservation reservation = arrival.toReservation();
    arrival.close();

    assertThat(budget.usedBytes()).isEqualTo(100);
    reservation.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void refusesMoreThanTheWholeBudget() {
    try (ArrivalReservation arrival = budget.arrival()) {
      assertThatThrownBy(() -> arrival.resize(1001, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("charge 1001 not in 0..1000");
    }
  }

  @Test
  void allButTheOldestShareAPartOfTheBudget() throws Exception {
    ArrivalReservation oldest = arrival(10);
    ArrivalReservation second = arrival(200);
    ArrivalReservation third = arrival(200);
    FutureTask<Boolean> waits = growing(second, 201);

    assertThat(oldest.resize(600, false)).isFalse();
    assertThat(budget.usedBytes()).isEqualTo(1000);
    assertThat(waits.isDone()).isFalse();
    assertThat(budget.isCrowded()).isTrue();

    oldest.close();
    assertThat(waits.get()).isTrue();
    assertThat(budget.isCrowded()).isFalse();
    second.close();
    third.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void waitingForTheShareAloneDoesNotFlushBatches() throws Exception {
    ArrivalReservation oldest = arrival(10);
    ArrivalReservation second = arrival(400);
    var _ = growing(second, 401);

    assertThat(budget.isContended()).isFalse();
    assertThat(onWait).hasValue(0);
    try (Reservation reservation = Objects.requireNonNull(budget.tryReserve(100))) {
      assertThat(reservation.bytes()).isEqualTo(100);
    }
    oldest.close();
    second.close();
  }

  @Test
  void waitingForTheBudgetFlushesBatches() throws Exception {
    try (Reservation _ = budget.reserve(1000);
        ArrivalReservation arrival = budget.arrival()) {
      var _ = growing(arrival, 1);

      assertThat(budget.isContended()).isTrue();
      assertThat(budget.isCrowded()).isFalse();
      Await.until("batches are flushed", () -> onWait.get() == 1);
    }
  }

  @Test
  void oneThatIsCompleteDoesNotWaitForArrivals() throws Exception {
    ArrivalReservation oldest = arrival(10);
    ArrivalReservation second = arrival(400);
    ArrivalReservation third = budget.arrival();
    var _ = growing(third, 10);

    try (ArrivalReservation complete = budget.arrival();
        Reservation _ = budget.reserve(100)) {
      assertThat(complete.resize(200, true)).isFalse();
      assertThat(budget.isCrowded()).isTrue();
    }
    oldest.close();
    second.close();
    third.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void oneThatCompletesWhileItWaitsNoLongerWaitsForArrivals() throws Exception {
    ArrivalReservation oldest = arrival(10);
    ArrivalReservation second = arrival(400);
    ArrivalReservation third = budget.arrival();
    FutureTask<Boolean> waits = growing(third, 10);

    third.arrived();

    assertThat(waits.get()).isTrue();
    oldest.close();
    second.close();
    third.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void halfBlocksThatFillTheBudgetAllComplete() throws Exception {
    List<ArrivalReservation> halves = new ArrayList<>();
    List<FutureTask<Boolean>> rests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ArrivalReservation half = budget.arrival();
      halves.add(half);
      rests.add(growing(half, 150));
    }
    // The first is the oldest, two more fit the share, the last waits for them.
    Await.until("three hold their half", () -> budget.usedBytes() == 450);

    for (int i = 0; i < 4; i++) {
      rests.get(i).get();
      halves.get(i).resize(600, false);
      assertThat(budget.usedBytes()).isLessThanOrEqualTo(1000);
      halves.get(i).toReservation().close();
    }
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void oneThatCompletesKeepsItsTurn() throws Exception {
    ArrivalReservation oldest = arrival(200);
    ArrivalReservation second = arrival(200);
    ArrivalReservation third = arrival(200);
    oldest.resize(200, true);

    assertThat(oldest.resize(600, true)).isFalse();
    assertThat(budget.usedBytes()).isEqualTo(1000);

    oldest.close();
    second.close();
    third.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void oneThatCompletesWhileItWaitsIsServedBeforeLaterCharges() throws Exception {
    Reservation rest = budget.reserve(950);
    ArrivalReservation arrival = budget.arrival();
    FutureTask<Boolean> earlier = growing(arrival, 100);
    FutureTask<Reservation> later = charging(100);

    arrival.arrived();
    rest.shrinkTo(900);

    Await.until("one is served", () -> earlier.isDone() || later.isDone());
    assertThat(later.isDone()).isFalse();
    rest.close();
    later.get().close();
    arrival.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void olderArrivalsGrowBeforeNewerOnes() throws Exception {
    Reservation rest = budget.reserve(600);
    ArrivalReservation oldest = arrival(100);
    ArrivalReservation older = arrival(100);
    ArrivalReservation newer = arrival(100);
    FutureTask<Boolean> growthOfNewer = growing(newer, 250);
    FutureTask<Boolean> growthOfOlder = growing(older, 250);

    rest.shrinkTo(500);

    Await.until("one is served", () -> growthOfOlder.isDone() || growthOfNewer.isDone());
    assertThat(growthOfNewer.isDone()).isFalse();
    rest.close();
    older.close();
    assertThat(growthOfNewer.get()).isTrue();
    newer.close();
    oldest.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void overheadLeavesLessToOthersButNotToOneThatIsAlone() throws Exception {
    budget.addOverhead(900);
    assertThat(budget.usedBytes()).isEqualTo(900);
    ArrivalReservation alone = budget.arrival();
    assertThat(alone.resize(600, true)).isFalse();
    assertThat(budget.tryReserve(1)).isNull();
    alone.close();
    try (Reservation _ = budget.reserve(50)) {
      assertThat(budget.tryReserve(51)).isNull();
    }
    budget.removeOverhead(900);
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void theOldestIsNotKeptWaitingByThoseThatWaitForIt() throws Exception {
    // Three of the largest blocks are all there is: the smallest share is beyond that.
    var tight = new MemoryBudget(600, 200, () -> {});
    ArrivalReservation oldest = tight.arrival();
    oldest.resize(1, false);
    ArrivalReservation other = tight.arrival();
    other.resize(37, false);

    assertThat(oldest.resize(600, false)).isFalse();

    oldest.close();
    other.close();
    assertThat(tight.usedBytes()).isZero();
  }

  @Test
  void growthIsServedBeforeNewArrivals() throws Exception {
    Reservation rest = budget.reserve(900);
    ArrivalReservation holder = arrival(100);
    FutureTask<Reservation> newcomer = new FutureTask<>(() -> budget.reserve(60));
    Thread.ofVirtual().start(newcomer);
    Await.until("it waits", () -> budget.waits() == 1);
    FutureTask<Boolean> growth = growing(holder, 150);

    rest.shrinkTo(840);

    assertThat(growth.get()).isTrue();
    assertThat(newcomer.isDone()).isFalse();
    rest.close();
    newcomer.get().close();
    holder.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void growthIsServedBeforeEarlierOnesThatHoldNothing() throws Exception {
    ArrivalReservation oldest = arrival(10);
    ArrivalReservation second = arrival(100);
    ArrivalReservation empty = budget.arrival();
    FutureTask<Boolean> earlier = growing(empty, 350);
    ArrivalReservation holder = budget.arrival();
    holder.resize(100, true);
    Reservation rest = budget.reserve(740);
    empty.arrived();

    FutureTask<Boolean> growth = growing(holder, 150);

    assertThat(budget.usedBytes()).isEqualTo(1000);
    assertThat(growth.get()).isFalse();
    assertThat(earlier.isDone()).isFalse();
    rest.close();
    assertThat(earlier.get()).isTrue();
    for (ArrivalReservation arrival : List.of(oldest, second, empty, holder)) {
      arrival.close();
    }
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void keepsItsBytesWhenTheWaitIsInterrupted() throws Exception {
    Reservation rest = budget.reserve(900);
    ArrivalReservation arrival = arrival(100);
    var growth = new FutureTask<>(() -> arrival.resize(200, false));
    Thread thread = Thread.ofVirtual().start(growth);
    Await.until("it waits", () -> budget.waits() == 1);

    thread.interrupt();

    assertThatThrownBy(growth::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(arrival.bytes()).isEqualTo(100);
    assertThat(budget.isContended()).isFalse();
    arrival.close();
    rest.close();
    assertThat(budget.usedBytes()).isZero();
  }

  private ArrivalReservation arrival(long bytes) throws InterruptedException {
    ArrivalReservation arrival = budget.arrival();
    arrival.resize(bytes, false);
    return arrival;
  }

  /** Grows it on a thread of its own; returns when that is done or waits. */
  private FutureTask<Boolean> growing(ArrivalReservation arrival, long bytes) {
    long waits = budget.waits();
    var growth = new FutureTask<>(() -> arrival.resize(bytes, false));
    Thread.ofVirtual().start(growth);
    Await.until("it grew or waits", () -> growth.isDone() || budget.waits() > waits);
    return growth;
  }

  /** Takes a charge on a thread of its own; returns when that is done or waits. */
  private FutureTask<Reservation> charging(long bytes) {
    long waits = budget.waits();
    var charging = new FutureTask<>(() -> budget.reserve(bytes));
    Thread.ofVirtual().start(charging);
    Await.until("it has the bytes or waits", () -> charging.isDone() || budget.waits() > waits);
    return charging;
  }
}
