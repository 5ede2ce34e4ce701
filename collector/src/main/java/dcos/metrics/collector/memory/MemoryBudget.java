// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded amount of memory, in bytes. A charge is taken whole or waited for, first come first
 * served: that presses back on the senders.
 *
 * <p>Headers and blocks that are arriving grow step by step, and hold memory while they wait for
 * more. So that they cannot block each other for ever, all but the oldest are bounded to a share of
 * the budget, and the oldest may take the rest: it completes, then the next one is the oldest.
 * Thread-safe.
 */
public final class MemoryBudget {
  private final long limitBytes;
  private final long largestBlockBytes;
  private final Arrivals arrivals;
  private final WaitQueue line;
  private final Runnable onWait;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock.
  private long usedBytes;
  private long overheadBytes;
  private long waits;
  private long lastTicket;
  private volatile boolean contended;
  private volatile boolean crowded;

  /** A budget whose largest block is a quarter of it. */
  public MemoryBudget(long limitBytes, Runnable onWait) {
    this(limitBytes, limitBytes / 4, onWait);
  }

  /**
   * @param limitBytes above zero
   * @param largestBlockBytes what fits three times: as it is sent, decompressed and rewritten
   * @param onWait called, without any lock, whenever a thread begins to wait for free bytes: the
   *     signal to flush early
   */
  public MemoryBudget(long limitBytes, long largestBlockBytes, Runnable onWait) {
    if (limitBytes < 1) {
      throw new IllegalArgumentException("limit must be above 0 bytes, was " + limitBytes);
    }
    this.limitBytes = limitBytes;
    this.largestBlockBytes = largestBlockBytes;
    this.arrivals = new Arrivals(limitBytes, largestBlockBytes);
    this.line = new WaitQueue(arrivals);
    this.onWait = Objects.requireNonNull(onWait);
  }

  public long limitBytes() {
    return limitBytes;
  }

  /** Larger blocks are refused. */
  public long largestBlockBytes() {
    return largestBlockBytes;
  }

  /**
   * Takes this many bytes, waiting for them behind those who came before.
   *
   * @throws IllegalArgumentException if it is more than the whole budget
   */
  public Reservation reserve(long bytes) throws InterruptedException {
    checkBytes(bytes);
    MemoryWaiter waiter;
    lock.lockInterruptibly();
    try {
      if (!contended && isFree(bytes)) {
        usedBytes += bytes;
        return new Reservation(this, bytes);
      }
      waiter = new MemoryWaiter(++lastTicket, bytes, lock.newCondition(), null);
      enqueue(waiter);
    } finally {
      lock.unlock();
    }
    await(waiter);
    return new Reservation(this, bytes);
  }

  /**
   * Takes this many bytes if they are free and no other charge waits; null otherwise. Never waits.
   *
   * @throws IllegalArgumentException if it is below zero
   */
  public @Nullable Reservation tryReserve(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("charge must not be below 0 bytes, was " + bytes);
    }
    lock.lock();
    try {
      if (contended || !isFree(bytes)) {
        return null;
      }
      usedBytes += bytes;
      return new Reservation(this, bytes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * As {@link #reserve}, for who may not leave without it: where the wait is interrupted, the bytes
   * are taken over the limit, and the thread stays interrupted.
   */
  public Reservation reserveEvenIfInterrupted(long bytes) {
    try {
      return reserve(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lock.lock();
      try {
        usedBytes += bytes;
        return new Reservation(this, bytes);
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Takes bytes that are needed in any case: at once, whatever is free. They leave less to others,
   * but never keep one that is alone from its bytes.
   */
  public void addOverhead(long bytes) {
    lock.lock();
    try {
      overheadBytes += bytes;
    } finally {
      lock.unlock();
    }
  }

  /** Releases bytes of {@link #addOverhead}. */
  public void removeOverhead(long bytes) {
    lock.lock();
    try {
      overheadBytes -= bytes;
      grant();
    } finally {
      lock.unlock();
    }
  }

  /** The reservation of a header or block that begins to arrive; it holds nothing yet. */
  public ArrivalReservation arrival() {
    return new ArrivalReservation(this);
  }

  /** Whether somebody waits because the budget is used up. */
  public boolean isContended() {
    return contended;
  }

  /** Whether a thread waits for memory that arriving headers and blocks hold. */
  public boolean isCrowded() {
    return crowded;
  }

  /** What is taken now, overhead included. */
  public long usedBytes() {
    lock.lock();
    try {
      return usedBytes + overheadBytes;
    } finally {
      lock.unlock();
    }
  }

  /** How many charges had to wait so far. */
  public long waits() {
    lock.lock();
    try {
      return waits;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(long bytes) {
    lock.lock();
    try {
      usedBytes -= bytes;
      grant();
    } finally {
      lock.unlock();
    }
  }

  boolean resize(ArrivalReservation arrival, long total, boolean whole)
      throws InterruptedException {
    checkBytes(total);
    MemoryWaiter waiter;
    boolean waits;
    lock.lockInterruptibly();
    try {
      waiter = tryResize(arrival, total, whole);
      waits = waiter != null && !waiter.isGranted();
    } finally {
      lock.unlock();
    }
    if (waiter != null) {
      await(waiter);
    }
    return waits;
  }

  // Apart from resize, and in two methods: the compiler leaves larger ones to the interpreter.
  private @Nullable MemoryWaiter tryResize(ArrivalReservation arrival, long total, boolean whole) {
    if (arrival.isClosed()) {
      throw new IllegalStateException("the reservation is closed");
    }
    long more = total - arrival.held();
    if (more <= 0) {
      usedBytes += more;
      arrivals.resize(arrival, total);
      grant();
      return null;
    }
    if (!arrival.isArriving() && !(whole && arrival.held() == 0)) {
      arrivals.join(arrival, ++lastTicket);
    }
    if (!contended && isFree(more) && arrivals.isNext(arrival, more)) {
      usedBytes += more;
      arrivals.resize(arrival, total);
      return null;
    }
    return enqueue(arrival, more);
  }

  private MemoryWaiter enqueue(ArrivalReservation arrival, long more) {
    long ticket = arrival.isArriving() ? arrival.ticket() : ++lastTicket;
    var waiter = new MemoryWaiter(ticket, more, lock.newCondition(), arrival);
    arrival.waitFor(waiter);
    enqueue(waiter);
    return waiter;
  }

  void arrived(ArrivalReservation arrival) {
    lock.lock();
    try {
      if (line.moveToReservations(arrival)) {
        grant();
      }
    } finally {
      lock.unlock();
    }
  }

  long bytesOf(ArrivalReservation arrival) {
    lock.lock();
    try {
      return arrival.held();
    } finally {
      lock.unlock();
    }
  }

  Reservation toReservation(ArrivalReservation arrival) {
    lock.lock();
    try {
      long bytes = arrival.held();
      arrivals.leave(arrival);
      arrival.hold(0);
      arrival.markClosed();
      grant();
      return new Reservation(this, bytes);
    } finally {
      lock.unlock();
    }
  }

  void close(ArrivalReservation arrival) {
    lock.lock();
    try {
      MemoryWaiter waiter = arrival.waiter();
      if (waiter != null) {
        line.remove(waiter);
        waiter.cancel();
      }
      usedBytes -= arrival.held();
      arrivals.leave(arrival);
      arrival.hold(0);
      arrival.markClosed();
      grant();
    } finally {
      lock.unlock();
    }
  }

  private void checkBytes(long bytes) {
    if (bytes < 0 || bytes > limitBytes) {
      throw new IllegalArgumentException("charge " + bytes + " not in 0.." + limitBytes);
    }
  }

  private void enqueue(MemoryWaiter waiter) {
    line.add(waiter);
    grant();
    if (!waiter.isGranted()) {
      waits++;
    }
  }

  private void await(MemoryWaiter waiter) throws InterruptedException {
    boolean signalled = false;
    try {
      if (contended) {
        onWait.run();
      }
      signalled = true;
    } finally {
      if (!signalled) {
        leave(waiter);
      }
    }
    lock.lock();
    try {
      waiter.awaitGrant();
    } catch (InterruptedException | IllegalStateException e) {
      leave(waiter);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits for this turn any more, though it may have come at the same moment. */
  private void leave(MemoryWaiter waiter) {
    lock.lock();
    try {
      ArrivalReservation arrival = waiter.arrival();
      if (!waiter.isGranted()) {
        line.remove(waiter);
      } else if (arrival == null) {
        usedBytes -= waiter.bytes(); // a reservation gives its bytes back when it is closed
      }
      if (arrival != null) {
        arrival.waitFor(null);
      }
      grant();
    } finally {
      lock.unlock();
    }
  }

  /** Overhead does not count against one that is alone. */
  private boolean isFree(long bytes) {
    return bytes <= limitBytes - usedBytes - (usedBytes == 0 ? 0 : overheadBytes);
  }

  /** Serves the heads of the lines only: a small charge must not overtake a large one for ever. */
  private void grant() {
    MemoryWaiter next = line.next();
    while (next != null && isFree(next)) {
      take(next);
      next = line.next();
    }
    contended = next != null;
    crowded = !line.isEmpty() && (next == null || arrivals.holdMuch());
  }

  /**
   * The oldest arrival is not kept waiting by the others, which wait for it: where nothing else
   * holds bytes, theirs do not count. That exceeds the limit only where three of the largest blocks
   * leave no room for a share, and then by the smallest share.
   */
  private boolean isFree(MemoryWaiter waiter) {
    ArrivalReservation arrival = waiter.arrival();
    if (arrival != null && arrivals.isOldest(arrival) && usedBytes == arrivals.bytes()) {
      return waiter.bytes() <= limitBytes - arrival.held();
    }
    return isFree(waiter.bytes());
  }

  private void take(MemoryWaiter waiter) {
    line.remove(waiter);
    usedBytes += waiter.bytes();
    ArrivalReservation arrival = waiter.arrival();
    if (arrival != null) {
      arrivals.resize(arrival, arrival.held() + waiter.bytes());
      arrival.waitFor(null);
    }
    waiter.grant();
  }
}
