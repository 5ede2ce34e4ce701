// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

/** Bytes taken from a {@link Budget}, until closed. Thread-safe; closing twice is harmless. */
public final class Charge implements AutoCloseable {
  private final Budget budget;
  // Guarded by this.
  private long bytes;

  Charge(Budget budget, long bytes) {
    this.budget = budget;
    this.bytes = bytes;
  }

  public synchronized long bytes() {
    return bytes;
  }

  /** Gives back what is above this; a charge never grows. */
  public void shrinkTo(long newBytes) {
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

  @Override
  public void close() {
    shrinkTo(0);
  }
}
