// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.memory.ArrivalReservation;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot.BudgetUse;
import dcos.metrics.testkit.Await;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BudgetUseTest {
  // Three blocks of 200 fit, and a share of 400 for all arrivals but the oldest.
  private final MemoryBudget budget = new MemoryBudget(1000, 200, () -> {});

  @Test
  void isExhaustedWhileAThreadWaitsForFreeBytes() throws Exception {
    Reservation all = budget.reserve(1000);
    assertThat(isExhausted()).isFalse();
    var waiting = new FutureTask<>(() -> budget.reserve(1));
    Thread.ofVirtual().start(waiting);
    Await.until("it waits", () -> budget.waits() == 1);
    assertThat(isExhausted()).isTrue();

    all.close();

    waiting.get().close();
    assertThat(isExhausted()).isFalse();
  }

  @Test
  void isExhaustedWhileAnArrivalWaitsForOthers() throws Exception {
    ArrivalReservation oldest = budget.arrival();
    oldest.resize(10, false);
    ArrivalReservation second = budget.arrival();
    second.resize(400, false);
    assertThat(isExhausted()).isFalse();
    var waiting = new FutureTask<>(() -> second.resize(401, false));
    Thread.ofVirtual().start(waiting);
    Await.until("it waits", () -> budget.waits() == 1);
    assertThat(isExhausted()).isTrue();

    oldest.close();

    assertThat(waiting.get()).isTrue();
    assertThat(isExhausted()).isFalse();
    second.close();
  }

  private boolean isExhausted() {
    return BudgetUse.of("records", budget).exhausted();
  }
}
