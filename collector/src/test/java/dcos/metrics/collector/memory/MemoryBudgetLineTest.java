// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryBudgetLineTest {
  // One permit for each charge that began to wait.
  private final Semaphore begunToWait = new Semaphore(0);
  private final MemoryBudget budget = new MemoryBudget(100, begunToWait::release);

  @Test
  void doesNotOverflowWithAHugeLimit() throws Exception {
    var huge = new MemoryBudget(Long.MAX_VALUE, begunToWait::release);
    try (Reservation _ = huge.reserve(Long.MAX_VALUE)) {
      FutureTask<Reservation> second = waiting(() -> huge.reserve(1));
      assertThat(second.isDone()).isFalse();
      assertThat(huge.usedBytes()).isEqualTo(Long.MAX_VALUE);
      interrupted(second);
    }
  }

  @Test
  void reportsWhenSomebodyWaitsAndUntilWhen() throws Exception {
    Reservation all = budget.reserve(100);
    FutureTask<Reservation> second = waiting(() -> budget.reserve(1));
    assertThat(budget.isContended()).isTrue();
    assertThat(budget.waits()).isEqualTo(1);

    all.close();

    try (Reservation reservation = second.get()) {
      assertThat(reservation.bytes()).isEqualTo(1);
      assertThat(budget.isContended()).isFalse();
      assertThat(budget.usedBytes()).isEqualTo(1);
    }
  }

  @Test
  void servesWaitersInTheOrderInWhichTheyCame() throws Exception {
    Reservation all = budget.reserve(100);
    Queue<Integer> served = new ConcurrentLinkedQueue<>();
    List<FutureTask<Reservation>> waiters = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      waiters.add(
          waiting(
              () -> {
                Reservation whole = budget.reserve(100);
                served.add(number);
                whole.close();
                return whole;
              }));
    }

    all.close();

    for (FutureTask<Reservation> waiter : waiters) {
      waiter.get();
    }
    assertThat(served).containsExactlyElementsOf(numbers(20));
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void aSmallChargeDoesNotOvertakeALargeOne() throws Exception {
    Reservation most = budget.reserve(90);
    FutureTask<Reservation> large = waiting(() -> budget.reserve(50));
    FutureTask<Reservation> small = waiting(() -> budget.reserve(5));

    assertThat(budget.usedBytes()).isEqualTo(90);
    assertThat(small.isDone()).isFalse();

    most.close();
    try (Reservation first = large.get();
        Reservation second = small.get()) {
      assertThat(first.bytes() + second.bytes()).isEqualTo(budget.usedBytes()).isEqualTo(55);
    }
  }

  @Test
  void servesAllWhomOneChargeMakesRoomFor() throws Exception {
    Reservation all = budget.reserve(100);
    FutureTask<Reservation> first = waiting(() -> budget.reserve(40));
    FutureTask<Reservation> second = waiting(() -> budget.reserve(40));
    FutureTask<Reservation> third = waiting(() -> budget.reserve(40));

    all.close();

    try (Reservation _ = first.get();
        Reservation _ = second.get()) {
      assertThat(budget.usedBytes()).isEqualTo(80);
      assertThat(budget.isContended()).isTrue();
    }
    third.get().close();
    assertThat(budget.isContended()).isFalse();
  }

  @Test
  void shrinkingServesWhoWaits() throws Exception {
    try (Reservation all = budget.reserve(100)) {
      FutureTask<Reservation> waiter = waiting(() -> budget.reserve(30));
      all.shrinkTo(70);
      waiter.get().close();
    }
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void anInterruptedWaiterLeavesTheLineToThoseBehind() throws Exception {
    try (Reservation _ = budget.reserve(90)) {
      FutureTask<Reservation> large = waiting(() -> budget.reserve(50));
      FutureTask<Reservation> small = waiting(() -> budget.reserve(10));

      interrupted(large);

      try (Reservation reservation = small.get()) {
        assertThat(reservation.bytes()).isEqualTo(10);
        assertThat(budget.usedBytes()).isEqualTo(100);
        assertThat(budget.isContended()).isFalse();
      }
    }
  }

  @Test
  void aThreadThatIsInterruptedAlreadyTakesNothing() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> budget.reserve(1)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void aFailingSignalLeavesNobodyInTheLine() throws Exception {
    var failing =
        new MemoryBudget(
            100,
            () -> {
              throw new IllegalStateException("no flush");
            });
    try (Reservation _ = failing.reserve(100)) {
      assertThatThrownBy(() -> failing.reserve(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no flush");
      assertThat(failing.isContended()).isFalse();
    }
    assertThat(failing.usedBytes()).isZero();
    failing.reserve(100).close();
  }

  @Test
  void givesBackWhatTheSignalItselfMadeRoomForWhenItThenFails() throws Exception {
    var held = new ArrayList<Reservation>();
    var failing =
        new MemoryBudget(
            100,
            () -> {
              held.forEach(Reservation::close);
              throw new IllegalStateException("flushed, then failed");
            });
    held.add(failing.reserve(100));

    assertThatThrownBy(() -> failing.reserve(70)).isInstanceOf(IllegalStateException.class);

    assertThat(failing.usedBytes()).isZero();
  }

  @Test
  void aSignalThatMakesRoomEndsTheWaitOfItsOwnThread() throws Exception {
    var held = new ArrayList<Reservation>();
    var flushing = new MemoryBudget(100, () -> held.forEach(Reservation::close));
    held.add(flushing.reserve(100));

    try (Reservation reservation = flushing.reserve(70)) {
      assertThat(reservation.bytes()).isEqualTo(70);
    }
  }

  private FutureTask<Reservation> waiting(Callable<Reservation> reservation)
      throws InterruptedException {
    var task = new InterruptibleTask(reservation);
    Thread.ofVirtual().start(task);
    assertThat(begunToWait.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    return task;
  }

  private static void interrupted(FutureTask<Reservation> task) throws InterruptedException {
    ((InterruptibleTask) task).interrupt();
    assertThatThrownBy(() -> task.get(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** Tells of the interrupt, where a cancelled task would only tell that it was cancelled. */
  private static final class InterruptibleTask extends FutureTask<Reservation> {
    private final CountDownLatch running = new CountDownLatch(1);
    private volatile Thread thread = Thread.currentThread();

    private InterruptibleTask(Callable<Reservation> reservation) {
      super(reservation);
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      running.countDown();
      super.run();
    }

    private void interrupt() throws InterruptedException {
      running.await();
      thread.interrupt();
    }
  }
}
