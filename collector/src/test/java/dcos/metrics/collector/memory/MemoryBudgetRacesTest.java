// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryBudgetRacesTest {
  // One permit for each charge that began to wait.
  private final Semaphore begunToWait = new Semaphore(0);
  private final MemoryBudget budget = new MemoryBudget(100, begunToWait::release);

  /** The grant and the interrupt meet in every order: either a charge or an exception, no loss. */
  @Test
  void losesNoGrantToAnInterruptAtTheSameMoment() throws Exception {
    int taken = 0;
    int given = 0;
    for (int round = 0; round < 2000; round++) {
      Reservation all = budget.reserve(100);
      var task = new FutureTask<>(() -> budget.reserve(60));
      Thread waiter = Thread.ofVirtual().start(task);
      begunToWait.acquire();
      var go = new CountDownLatch(1);
      Thread interrupter =
          Thread.ofVirtual()
              .start(
                  () -> {
                    go.countDown();
                    waiter.interrupt();
                  });
      go.await();
      all.close();
      try {
        task.get().close();
        taken++;
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(InterruptedException.class);
        given++;
      }
      interrupter.join();
      assertThat(budget.usedBytes()).isZero();
      assertThat(budget.isContended()).isFalse();
    }
    assertThat(taken + given).isEqualTo(2000);
  }

  @Test
  void neverExceedsItsLimitAndEndsEmptyUnderRandomUse() throws Exception {
    var taken = new LinkedBlockingQueue<Reservation>();
    int users = 8;
    int rounds = 1000;
    long settled = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> interrupted = new ArrayList<>();
      for (int user = 0; user < users; user++) {
        var random = new Random(user);
        interrupted.add(threads.submit(() -> use(random, rounds, taken)));
      }
      var settler = new Random(-1);
      // Settles while the users run ahead, as deliveries do, until each of them has had its rounds.
      while (!interrupted.stream().allMatch(Future::isDone) || !taken.isEmpty()) {
        Reservation reservation = taken.poll(1, TimeUnit.MILLISECONDS);
        if (reservation != null) {
          assertThat(budget.usedBytes()).isBetween(reservation.bytes(), 100L);
          reservation.shrinkTo(settler.nextLong(reservation.bytes() + 1));
          reservation.close();
          settled++;
        }
      }
      long refused = 0;
      for (Future<Integer> user : interrupted) {
        refused += user.get();
      }
      assertThat(refused).isPositive();
      assertThat(settled + refused).isEqualTo((long) users * rounds);
    }
    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.isContended()).isFalse();
    assertThat(budget.waits()).isEqualTo(begunToWait.availablePermits()).isPositive();
  }

  /** Returns how many of its charges ended by an interrupt. */
  private int use(Random random, int rounds, Queue<Reservation> taken) {
    int refused = 0;
    for (int i = 0; i < rounds; i++) {
      if (random.nextInt(10) == 0) {
        Thread.currentThread().interrupt();
      }
      try {
        taken.add(budget.reserve(random.nextLong(101)));
      } catch (InterruptedException e) {
        refused++;
      }
    }
    return refused;
  }
}
