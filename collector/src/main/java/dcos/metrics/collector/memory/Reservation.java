// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

/**
 * Bytes taken from a {@link MemoryBudget}, until closed. Thread-safe; closing twice is harmless.
 */
public final class Reservation implements AutoCloseable {
  private final MemoryBudget budget;
  // Guarded by this.
  private long bytes;

  Reservation(MemoryBudget budget, long bytes) {
    this.budget = budget;
    this.bytes = bytes;
  }

  public synchronized long bytes() {
    return bytes;
  }

  /**
   * Gives back what is above this; a charge never grows.
   *
   * @throws IllegalArgumentException if it is below zero, which would give back what others took
   */
  public void shrinkTo(long newBytes) {
    if (newBytes < 0) {
      throw new IllegalArgumentException("charge must not be below 0 bytes, was " + newBytes);
    }
    long surplus;
    synchronized (this) {
      surplus = bytes - newBytes;
      if (surplus <= 0) {
        return;
      }
      bytes = newBytes;
    }
    budget.giveBack(surplus);
  }

  /**
   * Moves some of these bytes into a charge of their own.
   *
   * @throws IllegalArgumentException if it is more than there are
   */
  public synchronized Reservation split(long some) {
    if (some < 0 || some > bytes) {
      throw new IllegalArgumentException("split of " + some + " bytes not in 0.." + bytes);
    }
    bytes -= some;
    return new Reservation(budget, some);
  }

  /** Whether the bytes were taken from this budget. */
  public boolean isOf(MemoryBudget other) {
    return budget == other;
  }

  /**
   * Moves all bytes of another charge of the same budget into this one.
   *
   * @throws IllegalArgumentException if the other is of another budget
   */
  public void takeOver(Reservation other) {
    if (other.budget != budget) {
      throw new IllegalArgumentException("both charges must be of one budget");
    }
    long moved;
    synchronized (other) {
      moved = other.bytes;
      other.bytes = 0;
    }
    synchronized (this) {
      bytes += moved;
    }
  }

  @Override
  public void close() {
    shrinkTo(0);
  }
}
