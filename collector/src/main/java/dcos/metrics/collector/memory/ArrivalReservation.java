// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

import org.jspecify.annotations.Nullable;

/**
 * The memory of one header or block while it arrives. It grows with the bytes that have come, so a
 * sender that announces much and sends little holds little. Thread-safe; one thread at a time waits
 * for memory.
 */
public final class ArrivalReservation implements AutoCloseable {
  private static final long NO_TICKET = -1;

  private final MemoryBudget budget;
  // All below: guarded by the budget's lock.
  private long bytes;
  private long ticket = NO_TICKET;
  private @Nullable MemoryWaiter waiter;
  private boolean closed;

  ArrivalReservation(MemoryBudget budget) {
    this.budget = budget;
  }

  /**
   * Waits until this many bytes are reserved, in place of those reserved before. Fewer than before
   * are released at once.
   *
   * @param total in bytes, at most the budget's limit
   * @param whole whether all bytes of the header or block have arrived and this is all that it will
   *     need: if it holds nothing yet, it waits only for free bytes, not for other arrivals
   * @return whether it had to wait
   * @throws IllegalArgumentException if it is more than the whole budget
   * @throws IllegalStateException if it was or is closed
   */
  public boolean resize(long total, boolean whole) throws InterruptedException {
    return budget.resize(this, total, whole);
  }

  /** All bytes have come by now: if this waits, it no longer waits behind other arrivals. */
  public void arrived() {
    budget.arrived(this);
  }

  /** The bytes that are reserved now. */
  public long bytes() {
    return budget.bytesOf(this);
  }

  /**
   * Moves the reserved bytes into a charge, which no longer counts as arriving. Closing this does
   * nothing then.
   */
  public Reservation toReservation() {
    return budget.toReservation(this);
  }

  /**
   * Releases the bytes, unless they were moved into a charge. A thread that waits for more gets an
   * IllegalStateException. Closing twice is harmless.
   */
  @Override
  public void close() {
    budget.close(this);
  }

  // The budget alone calls the methods below, and holds its lock.

  long held() {
    return bytes;
  }

  void hold(long newBytes) {
    bytes = newBytes;
  }

  /** Whether it is one of the arrivals that share a part of the budget. */
  boolean isArriving() {
    return ticket != NO_TICKET;
  }

  long ticket() {
    return ticket;
  }

  void join(long newTicket) {
    ticket = newTicket;
  }

  void leave() {
    ticket = NO_TICKET;
  }

  @Nullable MemoryWaiter waiter() {
    return waiter;
  }

  void waitFor(@Nullable MemoryWaiter newWaiter) {
    waiter = newWaiter;
  }

  boolean isClosed() {
    return closed;
  }

  void markClosed() {
    closed = true;
  }
}
