// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.memory;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The headers and blocks that are arriving: those that may hold bytes of a budget while they wait
 * for their sender or for more bytes. All but the oldest are bounded to a share together. Guarded
 * by the budget's lock.
 */
@SuppressWarnings("ReferenceEquality") // each arrival is one object
final class Arrivals {
  /** A share is never smaller than this part of the limit, nor larger than half of it. */
  private static final int SMALLEST_SHARE = 16;

  /** As it is sent, decompressed and rewritten. */
  private static final int COPIES_OF_A_BLOCK = 3;

  /** The part of the limit for what the largest block takes beside its bytes. */
  private static final int BESIDE_A_BLOCK = 1024;

  private final long shareBytes;
  private final long smallestShareBytes;
  // In the order of their tickets, each of which is higher than the one before.
  private final Set<ArrivalReservation> inOrder = new LinkedHashSet<>();
  private @Nullable ArrivalReservation oldest;
  private final TreeSet<MemoryWaiter> waiters = new TreeSet<>(MemoryWaiter.ORDER);
  private long bytes;

  /**
   * @param limitBytes of the budget
   * @param largestBlockBytes for which the oldest has room beside the share of all others
   */
  Arrivals(long limitBytes, long largestBlockBytes) {
    smallestShareBytes = limitBytes / SMALLEST_SHARE;
    shareBytes =
        Math.clamp(
            limitBytes - COPIES_OF_A_BLOCK * largestBlockBytes - limitBytes / BESIDE_A_BLOCK,
            smallestShareBytes,
            limitBytes / 2);
  }

  /** Those that wait for more bytes, the next one first. */
  SortedSet<MemoryWaiter> waiters() {
    return waiters;
  }

  /** What they hold together. */
  long bytes() {
    return bytes;
  }

  /** Whether they hold so much that it matters to others. */
  boolean holdMuch() {
    return bytes >= smallestShareBytes;
  }

  /**
   * An arrival begins.
   *
   * @param ticket higher than all before
   */
  void join(ArrivalReservation arrival, long ticket) {
    arrival.join(ticket);
    inOrder.add(arrival);
    if (oldest == null) {
      oldest = arrival;
    }
    bytes += arrival.held();
  }

  void leave(ArrivalReservation arrival) {
    if (arrival.isArriving()) {
      inOrder.remove(arrival);
      if (oldest == arrival) {
        oldest = inOrder.isEmpty() ? null : inOrder.iterator().next();
      }
      bytes -= arrival.held();
      arrival.leave();
    }
  }

  /** Sets what it holds, whether it is one of these or not. */
  void resize(ArrivalReservation arrival, long total) {
    if (arrival.isArriving()) {
      bytes += total - arrival.held();
    }
    arrival.hold(total);
  }

  boolean isOldest(ArrivalReservation arrival) {
    return oldest == arrival;
  }

  long bytesBesideOldest() {
    return oldest == null ? 0 : bytes - oldest.held();
  }

  /** Whether the share has room for more bytes of an arrival. */
  boolean fits(ArrivalReservation arrival, long more) {
    return !arrival.isArriving() || isOldest(arrival) || bytesBesideOldest() + more <= shareBytes;
  }

  /** As {@link #fits}, and nobody waits before it. */
  boolean isNext(ArrivalReservation arrival, long more) {
    boolean alone = waiters.isEmpty() || !arrival.isArriving() || isOldest(arrival);
    return alone && fits(arrival, more);
  }

  /** The first one that the share has room for; null if there is none. */
  @Nullable MemoryWaiter nextWaiter() {
    MemoryWaiter ofOldest = oldest == null ? null : oldest.waiter();
    MemoryWaiter first = waiters.isEmpty() ? null : waiters.first();
    if (first == null || first == ofOldest) {
      return first;
    }
    ArrivalReservation arrival = first.arrival();
    boolean fits = arrival != null && fits(arrival, first.bytes());
    return fits ? first : ofOldest;
  }
}
