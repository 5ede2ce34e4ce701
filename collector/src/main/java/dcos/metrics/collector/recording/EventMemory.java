// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.memory.Budget;
import dcos.metrics.collector.memory.Charge;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all event clients. Each has a share of its own for queued events, so that one that
 * does not read takes nothing from another. What does not fit there is borrowed from the budget of
 * records, never more than a bound together, and only while it is free and nobody waits for it.
 * Thread-safe.
 */
public final class EventMemory {
  /** What all clients may use together beside the borrowed bytes. */
  public static final int TOTAL_BYTES = 512 * 1024;

  // So that one stalled client leaves some of it to the others.
  private static final int BORROWERS = 2;

  private final int shareBytes;
  private final Budget own;
  private final Budget borrowed;
  private final Budget records;
  private final AtomicLong shortages = new AtomicLong();
  private volatile boolean exhausted;

  /**
   * @param records the budget of records, which is borrowed from
   * @param clients how many there may be at once
   */
  public EventMemory(Budget records, int clients) {
    this.shareBytes = TOTAL_BYTES / clients;
    this.own = new Budget(TOTAL_BYTES, () -> {});
    this.borrowed = new Budget(Math.max(1, borrowable(records)), () -> {});
    this.records = records;
  }

  /**
   * The largest charge of a reader, a block as it is sent, decompressed and rewritten, must fit
   * whatever is borrowed: otherwise an event client could stop a sender.
   */
  private static long borrowable(Budget records) {
    return Math.min(
        records.limitBytes() / 4, records.limitBytes() - 3 * records.largestBlockBytes());
  }

  /** What clients use now of {@link #TOTAL_BYTES}. */
  public long ownBytes() {
    return own.usedBytes();
  }

  /** How many events were left out because there was no memory for them. */
  public long shortages() {
    return shortages.get();
  }

  /** Whether the last event was left out. */
  public boolean isExhausted() {
    return exhausted;
  }

  /** What clients use now, in bytes, borrowed bytes included. */
  public long usedBytes() {
    return own.usedBytes() + borrowed.usedBytes();
  }

  /**
   * Begins a client's share.
   *
   * @param fixedBytes what the client needs as long as it is connected
   * @return null if there are too many clients
   */
  @Nullable Share open(int fixedBytes) {
    Charge fixed = own.tryCharge(fixedBytes);
    return fixed == null ? null : new Share(fixed, shareBytes - fixedBytes);
  }

  /** Memory of one event: close it to give it back. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /** One client's part of the memory. Thread-safe. */
  final class Share implements AutoCloseable {
    private final Charge fixed;
    private final long ownLimit;
    // Guarded by this.
    private long ownBytes;
    private long borrowedBytes;

    private Share(Charge fixed, long ownLimit) {
      this.fixed = fixed;
      this.ownLimit = ownLimit;
    }

    /**
     * Takes memory for an event if there is some. Blocks leave a quarter of the own share to the
     * other events, which tell what became of them.
     *
     * @return null if there is none
     */
    synchronized @Nullable Held tryTake(Event event, long bytes) {
      boolean isBlock = event instanceof Event.BlockReceived;
      long limit = isBlock ? ownLimit - ownLimit / 4 : ownLimit;
      if (bytes <= limit - ownBytes) {
        Charge charge = own.tryCharge(bytes);
        if (charge != null) {
          ownBytes += bytes;
          return note(() -> giveBackOwn(charge, bytes));
        }
      }
      Held held = isBlock || event instanceof Event.Snapshot ? tryBorrow(bytes) : null;
      return note(held);
    }

    private @Nullable Held note(@Nullable Held held) {
      exhausted = held == null;
      if (held == null) {
        shortages.incrementAndGet();
      }
      return held;
    }

    private @Nullable Held tryBorrow(long bytes) {
      if (bytes > borrowed.limitBytes() / BORROWERS - borrowedBytes) {
        return null;
      }
      Charge bound = borrowed.tryCharge(bytes);
      if (bound == null) {
        return null;
      }
      Charge lent = records.tryCharge(bytes);
      if (lent == null) {
        bound.close();
        return null;
      }
      borrowedBytes += bytes;
      return () -> giveBackBorrowed(bound, lent, bytes);
    }

    private synchronized void giveBackOwn(Charge charge, long bytes) {
      ownBytes -= bytes;
      charge.close();
    }

    private synchronized void giveBackBorrowed(Charge bound, Charge lent, long bytes) {
      borrowedBytes -= bytes;
      bound.close();
      lent.close();
    }

    /** Gives back the fixed bytes; those of events are given back by closing each. */
    @Override
    public void close() {
      fixed.close();
    }
  }
}
