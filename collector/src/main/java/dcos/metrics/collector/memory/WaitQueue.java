// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait for bytes of a budget: charges in order of arrival, and arrivals that grow
 * as far as their share has room. Guarded by the budget's lock.
 */
final class WaitingLine {
  private final Arrivals arrivals;
  private final TreeSet<Waiter> charges = new TreeSet<>(Waiter.ORDER);

  WaitingLine(Arrivals arrivals) {
    this.arrivals = arrivals;
  }

  boolean isEmpty() {
    return charges.isEmpty() && arrivals.waiters().isEmpty();
  }

  void add(Waiter waiter) {
    ArrivalReservation arrival = waiter.arrival();
    if (arrival != null && arrival.isArriving()) {
      arrivals.waiters().add(waiter);
    } else {
      charges.add(waiter);
    }
  }

  void remove(Waiter waiter) {
    charges.remove(waiter);
    arrivals.waiters().remove(waiter);
  }

  /**
   * Lets an arrival that holds nothing wait as a charge does: for free bytes only.
   *
   * @return whether it waited for the share before
   */
  boolean moveToCharges(ArrivalReservation arrival) {
    Waiter waiter = arrival.waiter();
    if (waiter == null || arrival.held() > 0 || !arrivals.waiters().remove(waiter)) {
      return false;
    }
    arrivals.leave(arrival);
    charges.add(waiter);
    return true;
  }

  /** The next waiter that only memory is missing for; null if there is none. */
  @Nullable Waiter next() {
    Waiter charge = charges.isEmpty() ? null : charges.first();
    Waiter arrival = arrivals.nextWaiter();
    if (charge == null || arrival == null) {
      return charge == null ? arrival : charge;
    }
    return Waiter.ORDER.compare(charge, arrival) < 0 ? charge : arrival;
  }
}
