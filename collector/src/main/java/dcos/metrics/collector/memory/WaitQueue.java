// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait for bytes of a budget: charges in order of arrival, and arrivals that grow
 * as far as their share has room. Guarded by the budget's lock.
 */
final class WaitQueue {
  private final Arrivals arrivals;
  private final TreeSet<MemoryWaiter> reservations = new TreeSet<>(MemoryWaiter.ORDER);

  WaitQueue(Arrivals arrivals) {
    this.arrivals = arrivals;
  }

  boolean isEmpty() {
    return reservations.isEmpty() && arrivals.waiters().isEmpty();
  }

  void add(MemoryWaiter waiter) {
    ArrivalReservation arrival = waiter.arrival();
    if (arrival != null && arrival.isArriving()) {
      arrivals.waiters().add(waiter);
    } else {
      reservations.add(waiter);
    }
  }

  void remove(MemoryWaiter waiter) {
    reservations.remove(waiter);
    arrivals.waiters().remove(waiter);
  }

  /**
   * Lets an arrival that holds nothing wait as a charge does: for free bytes only.
   *
   * @return whether it waited for the share before
   */
  boolean moveToReservations(ArrivalReservation arrival) {
    MemoryWaiter waiter = arrival.waiter();
    if (waiter == null || arrival.held() > 0 || !arrivals.waiters().remove(waiter)) {
      return false;
    }
    arrivals.leave(arrival);
    reservations.add(waiter);
    return true;
  }

  /** The next waiter that only memory is missing for; null if there is none. */
  @Nullable MemoryWaiter next() {
    MemoryWaiter reservation = reservations.isEmpty() ? null : reservations.first();
    MemoryWaiter arrival = arrivals.nextWaiter();
    if (reservation == null || arrival == null) {
      return reservation == null ? arrival : reservation;
    }
    return MemoryWaiter.ORDER.compare(reservation, arrival) < 0 ? reservation : arrival;
  }
}
