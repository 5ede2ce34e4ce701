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
class BudgetLineTest {
  // One permit for each charge that began to wait.
  private final Semaphore begunToWait = new Semaphore(0);
  private final Budget budget = new Budget(100, begunToWait::release);

  @Test
  void doesNotOverflowWithAHugeLimit() throws Exception {
    var huge = new Budget(Long.MAX_VALUE, begunToWait::release);
    try (Charge _ = huge.charge(Long.MAX_VALUE)) {
      FutureTask<Charge> second = waiting(() -> huge.charge(1));
      assertThat(second.isDone()).isFalse();
      assertThat(huge.usedBytes()).isEqualTo(Long.MAX_VALUE);
      interrupted(second);
    }
  }

  @Test
  void saysWhenSomebodyWaitsAndUntilWhen() throws Exception {
    Charge all = budget.charge(100);
    FutureTask<Charge> second = waiting(() -> budget.charge(1));
    assertThat(budget.isContended()).isTrue();
    assertThat(budget.waits()).isEqualTo(1);

    all.close();

    try (Charge charge = second.get()) {
      assertThat(charge.bytes()).isEqualTo(1);
      assertThat(budget.isContended()).isFalse();
      assertThat(budget.usedBytes()).isEqualTo(1);
    }
  }

  @Test
  void servesWaitersInTheOrderInWhichTheyCame() throws Exception {
    Charge all = budget.charge(100);
    Queue<Integer> served = new ConcurrentLinkedQueue<>();
    List<FutureTask<Charge>> waiters = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      waiters.add(
          waiting(
              () -> {
                Charge whole = budget.charge(100);
                served.add(number);
                whole.close();
                return whole;
              }));
    }

    all.close();

    for (FutureTask<Charge> waiter : waiters) {
      waiter.get();
    }
    assertThat(served).containsExactlyElementsOf(numbers(20));
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void aSmallChargeDoesNotOvertakeALargeOne() throws Exception {
    Charge most = budget.charge(90);
    FutureTask<Charge> large = waiting(() -> budget.charge(50));
    FutureTask<Charge> small = waiting(() -> budget.charge(5));

    assertThat(budget.usedBytes()).isEqualTo(90);
    assertThat(small.isDone()).isFalse();

    most.close();
    try (Charge first = large.get();
        Charge second = small.get()) {
      assertThat(first.bytes() + second.bytes()).isEqualTo(budget.usedBytes()).isEqualTo(55);
    }
  }

  @Test
  void servesAllWhomOneChargeMakesRoomFor() throws Exception {
    Charge all = budget.charge(100);
    FutureTask<Charge> first = waiting(() -> budget.charge(40));
    FutureTask<Charge> second = waiting(() -> budget.charge(40));
    FutureTask<Charge> third = waiting(() -> budget.charge(40));

    all.close();

    try (Charge _ = first.get();
        Charge _ = second.get()) {
      assertThat(budget.usedBytes()).isEqualTo(80);
      assertThat(budget.isContended()).isTrue();
    }
    third.get().close();
    assertThat(budget.isContended()).isFalse();
  }

  @Test
  void shrinkingServesWhoWaits() throws Exception {
    try (Charge all = budget.charge(100)) {
      FutureTask<Charge> waiter = waiting(() -> budget.charge(30));
      all.shrinkTo(70);
      waiter.get().close();
    }
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void anInterruptedWaiterLeavesTheLineToThoseBehind() throws Exception {
    try (Charge _ = budget.charge(90)) {
      FutureTask<Charge> large = waiting(() -> budget.charge(50));
      FutureTask<Charge> small = waiting(() -> budget.charge(10));

      interrupted(large);

      try (Charge charge = small.get()) {
        assertThat(charge.bytes()).isEqualTo(10);
        assertThat(budget.usedBytes()).isEqualTo(100);
        assertThat(budget.isContended()).isFalse();
      }
    }
  }

  @Test
  void aThreadThatIsInterruptedAlreadyTakesNothing() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> budget.charge(1)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void aFailingSignalLeavesNobodyInTheLine() throws Exception {
    var failing =
        new Budget(
            100,
            () -> {
              throw new IllegalStateException("no flush");
            });
    try (Charge _ = failing.charge(100)) {
      assertThatThrownBy(() -> failing.charge(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no flush");
      assertThat(failing.isContended()).isFalse();
    }
    assertThat(failing.usedBytes()).isZero();
    failing.charge(100).close();
  }

  @Test
  void givesBackWhatTheSignalItselfMadeRoomForWhenItThenFails() throws Exception {
    var held = new ArrayList<Charge>();
    var failing =
        new Budget(
            100,
            () -> {
              held.forEach(Charge::close);
              throw new IllegalStateException("flushed, then failed");
            });
    held.add(failing.charge(100));

    assertThatThrownBy(() -> failing.charge(70)).isInstanceOf(IllegalStateException.class);

    assertThat(failing.usedBytes()).isZero();
  }

  @Test
  void aSignalThatMakesRoomEndsTheWaitOfItsOwnThread() throws Exception {
    var held = new ArrayList<Charge>();
    var flushing = new Budget(100, () -> held.forEach(Charge::close));
    held.add(flushing.charge(100));

    try (Charge charge = flushing.charge(70)) {
      assertThat(charge.bytes()).isEqualTo(70);
    }
  }

  private FutureTask<Charge> waiting(Callable<Charge> charge) throws InterruptedException {
    var task = new InterruptibleTask(charge);
    Thread.ofVirtual().start(task);
    assertThat(begunToWait.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    return task;
  }

  private static void interrupted(FutureTask<Charge> task) throws InterruptedException {
    ((InterruptibleTask) task).interrupt();
    assertThatThrownBy(() -> task.get(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  /** Tells of the interrupt, where a cancelled task would only tell that it was cancelled. */
  private static final class InterruptibleTask extends FutureTask<Charge> {
    private final CountDownLatch running = new CountDownLatch(1);
    private volatile Thread thread = Thread.currentThread();

    private InterruptibleTask(Callable<Charge> charge) {
      super(charge);
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
