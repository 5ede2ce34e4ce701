// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

import java.util.Comparator;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** A thread that waits for bytes of a budget. Guarded by the budget's lock. */
final class MemoryWaiter {
  /** Arrivals that hold bytes come first: others wait for these. Then in order of arrival. */
  static final Comparator<MemoryWaiter> ORDER =
      Comparator.comparing((MemoryWaiter waiter) -> !waiter.holdsBytes)
          .thenComparingLong(waiter -> waiter.ticket);

  private final long ticket;
  private final long bytes;
  private final Condition turn;
  private final @Nullable ArrivalReservation arrival;
  // While it waits, its arrival does not change.
  private final boolean holdsBytes;
  private boolean granted;
  private boolean cancelled;

  /**
   * @param ticket lower for those that came earlier
   * @param bytes in addition to those held
   * @param arrival that grows by these bytes; null for a charge
   */
  MemoryWaiter(long ticket, long bytes, Condition turn, @Nullable ArrivalReservation arrival) {
    this.ticket = ticket;
    this.bytes = bytes;
    this.turn = turn;
    this.arrival = arrival;
    this.holdsBytes = arrival != null && arrival.held() > 0;
  }

  long bytes() {
    return bytes;
  }

  @Nullable ArrivalReservation arrival() {
    return arrival;
  }

  boolean isGranted() {
    return granted;
  }

  void grant() {
    granted = true;
    turn.signal();
  }

  /** The reservation was closed while this waits for it. */
  void cancel() {
    cancelled = true;
    turn.signal();
  }

  /**
   * @throws IllegalStateException if it was cancelled
   */
  void awaitGrant() throws InterruptedException {
    while (!granted && !cancelled) {
      turn.await();
    }
    if (!granted) {
      throw new IllegalStateException("the reservation was closed");
    }
  }
}
