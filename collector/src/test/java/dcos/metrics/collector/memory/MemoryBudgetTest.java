// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(100, () -> {});

  @Test
  void takesWhatIsFreeAtOnceAndGivesItBackOnClose() throws Exception {
    try (Reservation reservation = budget.reserve(60)) {
      assertThat(reservation.bytes()).isEqualTo(60);
      assertThat(budget.usedBytes()).isEqualTo(60);
      assertThat(budget.isContended()).isFalse();
    }
    assertThat(budget.usedBytes()).isZero();
    assertThat(budget.waits()).isZero();
  }

  @Test
  void takesTheWholeBudgetInOneCharge() throws Exception {
    try (Reservation all = budget.reserve(100)) {
      assertThat(all.bytes()).isEqualTo(budget.limitBytes());
    }
  }

  @Test
  void tryReserveTakesOnlyFreeBytesAndNeverWaits() throws Exception {
    Reservation first = Objects.requireNonNull(budget.tryReserve(60));
    assertThat(budget.usedBytes()).isEqualTo(60);
    assertThat(budget.tryReserve(41)).isNull();
    assertThat(budget.usedBytes()).isEqualTo(60);
    first.close();
    assertThat(budget.usedBytes()).isZero();
    assertThatThrownBy(() -> budget.tryReserve(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void closingTwiceGivesBackOnce() throws Exception {
    Reservation first = budget.reserve(40);
    try (Reservation _ = budget.reserve(30)) {
      first.close();
      first.close();

      assertThat(budget.usedBytes()).isEqualTo(30);
      assertThat(first.bytes()).isZero();
    }
  }

  @Test
  void shrinkingGivesBackTheSurplusAndNeverGrows() throws Exception {
    try (Reservation reservation = budget.reserve(40)) {
      reservation.shrinkTo(15);
      assertThat(budget.usedBytes()).isEqualTo(15);

      reservation.shrinkTo(90);
      assertThat(reservation.bytes()).isEqualTo(15);
      assertThat(budget.usedBytes()).isEqualTo(15);
    }
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void refusesToShrinkBelowZero() throws Exception {
    try (Reservation reservation = budget.reserve(40)) {
      assertThatThrownBy(() -> reservation.shrinkTo(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("charge must not be below 0 bytes, was -1");
      assertThat(budget.usedBytes()).isEqualTo(40);
    }
  }

  @Test
  void splittingMovesBytesIntoAChargeThatIsClosedOnItsOwn() throws Exception {
    Reservation whole = budget.reserve(40);
    Reservation part = whole.split(15);
    assertThat(whole.bytes()).isEqualTo(25);
    assertThat(part.bytes()).isEqualTo(15);
    assertThat(budget.usedBytes()).isEqualTo(40);

    whole.close();
    assertThat(budget.usedBytes()).isEqualTo(15);
    part.close();
    part.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void refusesToSplitOffMoreThanThereIs() throws Exception {
    try (Reservation reservation = budget.reserve(40)) {
      assertThatThrownBy(() -> reservation.split(41))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("split of 41 bytes not in 0..40");
      assertThatThrownBy(() -> reservation.split(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("split of -1 bytes not in 0..40");
    }
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void refusesWhatCouldNeverBeTaken() {
    assertThatThrownBy(() -> budget.reserve(101))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("charge 101 not in 0..100");
    assertThatThrownBy(() -> budget.reserve(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("charge -1 not in 0..100");
    assertThatThrownBy(() -> new MemoryBudget(0, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be above 0 bytes, was 0");
  }

  @Test
  void allowsBlocksOfAQuarterOfTheBudget() {
    assertThat(budget.largestBlockBytes()).isEqualTo(25);
  }
}
