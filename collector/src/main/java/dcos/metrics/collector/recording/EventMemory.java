// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventSize;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all event clients. Each has a share of its own for queued events, so that one that
 * does not read takes nothing from another. Events that do not fit there borrow from the budget of
 * records, never more than a bound together, and only while it is free and nobody waits for it.
 * When records wait for memory, {@link #releaseBorrowed} takes the borrowed bytes back: all within
 * two calls, whatever clients do. Thread-safe.
 */
public final class EventMemory {
  /** What all clients may use together beside the borrowed bytes. */
  public static final int TOTAL_BYTES = 512 * 1024;

  // So that one stalled client leaves some of it to the others.
  private static final int BORROWERS = 2;

  private final int shareBytes;
  private final MemoryBudget own;
  private final MemoryBudget borrowed;
  private final MemoryBudget records;
  private final AtomicLong shortages = new AtomicLong();
  private final Set<Share> shares = ConcurrentHashMap.newKeySet();

  /**
   * @param records the budget of records, which is borrowed from
   * @param clients how many there may be at once
   */
  public EventMemory(MemoryBudget records, int clients) {
    this.shareBytes = TOTAL_BYTES / clients;
    this.own = new MemoryBudget(TOTAL_BYTES, () -> {});
    this.borrowed = new MemoryBudget(Math.max(1, borrowable(records)), () -> {});
    this.records = records;
  }

  /**
   * The largest charge of a reader, a block as it is sent, decompressed and rewritten, fits beside
   * borrowed bytes. Other blocks that are arriving may hold as much, then it waits until {@link
   * #releaseBorrowed} was called twice.
   */
  private static long borrowable(MemoryBudget records) {
    return Math.min(
        records.limitBytes() / 4, records.limitBytes() - 3 * records.largestBlockBytes());
  }

  /** What clients use now of {@link #TOTAL_BYTES}. */
  public long ownBytes() {
    return own.usedBytes();
  }

  /** How many events were left out for want of memory. */
  public long shortages() {
    return shortages.get();
  }

  /** Whether a client's queued events leave no memory for its next one. */
  public boolean isExhausted() {
    return shares.stream().anyMatch(Share::isExhausted);
  }

  /**
   * Takes borrowed bytes back if records wait for memory; must be called periodically. Queued
   * events are dropped at once. A client that is still reading the same event in the next call is
   * disconnected: until then, it keeps at most half of the bytes that all may borrow.
   */
  public void releaseBorrowed() {
    boolean wanted = records.isContended();
    shares.forEach(share -> share.borrower.release(wanted));
  }

  /** Uses borrowed memory. */
  interface Borrower {
    /**
     * Called periodically.
     *
     * @param wanted whether records wait for memory
     */
    void release(boolean wanted);
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
    Reservation fixed = own.tryReserve(fixedBytes);
    if (fixed == null) {
      return null;
    }
    var share = new Share(fixed, shareBytes - fixedBytes);
    shares.add(share);
    return share;
  }

  /** Memory of one event: close it to give it back. */
  interface HeldEvents extends AutoCloseable {
    /** Whether it is memory of records. */
    default boolean isBorrowed() {
      return false;
    }

    @Override
    void close();
  }

  /** One client's part of the memory. Thread-safe. */
  final class Share implements AutoCloseable {
    private final Reservation fixed;
    private final long ownLimit;
    // Guarded by this.
    private long ownBytes;
    private long borrowedBytes;
    private boolean exhausted;
    private volatile Borrower borrower = _ -> {};

    private Share(Reservation fixed, long ownLimit) {
      this.fixed = fixed;
      this.ownLimit = ownLimit;
    }

    /** Sets the object that {@link #releaseBorrowed} calls. */
    void setBorrower(Borrower user) {
      borrower = user;
    }

    private synchronized boolean isExhausted() {
      return exhausted;
    }

    /**
     * Takes memory for an event if there is some. Blocks leave a quarter of the own share to the
     * other events, which report the outcomes of blocks.
     *
     * @return null if there is none
     */
    synchronized @Nullable HeldEvents tryTake(Event event, long bytes) {
      boolean isBlock = event instanceof Event.BlockReceived;
      long limit = isBlock ? ownLimit - ownLimit / 4 : ownLimit;
      HeldEvents held = tryOwn(bytes, limit);
      if (held == null && mayBorrow(event)) {
        held = tryBorrow(bytes);
      }
      // Where nothing is queued, the event is too large, or records need the memory.
      exhausted = held == null && ownBytes + borrowedBytes > 0;
      if (held == null) {
        shortages.incrementAndGet();
      }
      return held;
    }

    /** The events whose size others decide. */
    private static boolean mayBorrow(Event event) {
      return switch (event) {
        case Event.BlockReceived _, Event.HeaderSeen _, Event.Snapshot _ -> true;
        default -> false;
      };
    }

    /** As {@link #tryTake}, for the count of dropped events; its absence is not a shortage. */
    synchronized @Nullable HeldEvents tryTakeForDropped() {
      return tryOwn(EventSize.BASE_BYTES, ownLimit);
    }

    /** An event was dropped to give its memory back. */
    void countDropped() {
      shortages.incrementAndGet();
    }

    private @Nullable HeldEvents tryOwn(long bytes, long limit) {
      Reservation reservation = bytes <= limit - ownBytes ? own.tryReserve(bytes) : null;
      if (reservation == null) {
        return null;
      }
      ownBytes += bytes;
      return () -> giveBackOwn(reservation, bytes);
    }

    private @Nullable HeldEvents tryBorrow(long bytes) {
      if (bytes > borrowed.limitBytes() / BORROWERS - borrowedBytes) {
        return null;
      }
      Reservation bound = borrowed.tryReserve(bytes);
      if (bound == null) {
        return null;
      }
      Reservation lent = records.tryReserve(bytes);
      if (lent == null) {
        bound.close();
        return null;
      }
      borrowedBytes += bytes;
      return new HeldEvents() {
        @Override
        public boolean isBorrowed() {
          return true;
        }

        @Override
        public void close() {
          giveBackBorrowed(bound, lent, bytes);
        }
      };
    }

    private synchronized void giveBackOwn(Reservation reservation, long bytes) {
      ownBytes -= bytes;
      exhausted = false;
      reservation.close();
    }

    private synchronized void giveBackBorrowed(Reservation bound, Reservation lent, long bytes) {
      borrowedBytes -= bytes;
      exhausted = false;
      bound.close();
      lent.close();
    }

    /** Gives back the fixed bytes; those of events are given back by closing each. */
    @Override
    public void close() {
      shares.remove(this);
      fixed.close();
    }
  }
}
