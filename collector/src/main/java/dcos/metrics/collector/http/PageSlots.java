// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many different answers of a page are in memory, and to how many clients they are sent
 * at a time. When all slots are taken, a request shares the newest answer while that is recent.
 * Otherwise it waits, first come first served, and clients that do not read make room. Thread-safe.
 */
final class PageSlots {
  /** How long a request waits for a slot that others share. */
  private static final Duration WAIT = Duration.ofSeconds(5);

  /** How long a request waits for a slot of its own, which clients may keep for days. */
  private static final Duration WAIT_UNSHARED = Duration.ofMillis(600);

  private static final Duration LOOK = Duration.ofMillis(10);

  private final int most;
  private final int mostClients;
  private final int mostWaiting;
  private final long sharedNanos;
  private final long slowNanos;
  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by lock; the oldest first.
  private final ArrayDeque<Slot> slots = new ArrayDeque<>();
  private final ArrayDeque<SlotWaiter> waiters = new ArrayDeque<>();

  /** One answer, and the clients that it is sent to. Closed by each of them. */
  final class Slot {
    private final long start = System.nanoTime();
    // Guarded by lock.
    private final Set<HttpConnection> clients = new HashSet<>();
    private boolean evicted;
    // Written by one client at a time.
    private volatile Page.@Nullable PageAnswer answer;

    /** The answer; created by the first client that calls this. */
    synchronized Page.PageAnswer answer(Supplier<Page.PageAnswer> page) {
      Page.PageAnswer current = answer;
      if (current == null) {
        current = page.get();
        answer = current;
        grantWaiters();
      }
      return current;
    }

    /** The shortest time that a client has made the answer wait. */
    private long slownessNanos() {
      return clients.stream().mapToLong(HttpConnection::slownessNanos).min().orElse(0);
    }

    private boolean isSlow() {
      return !evicted && slownessNanos() >= slowNanos;
    }

    private boolean isShared() {
      return answer != null && !evicted && System.nanoTime() - start < sharedNanos;
    }

    private void evict() {
      evicted = true;
      clients.forEach(HttpConnection::evict);
    }
  }

  private final class SlotWaiter {
    final HttpConnection connection;
    // Signalled when it has a slot, or is the first that waits.
    final Condition changed = lock.newCondition();
    @Nullable Slot slot;

    SlotWaiter(HttpConnection connection) {
      this.connection = connection;
    }
  }

  PageSlots(Page page) {
    this.most = page.mostAtOnce();
    this.mostClients = page.mostClients();
    this.sharedNanos = page.shared().toNanos();
    // Requests that cannot share need a slot each: of those, only a few may wait.
    this.mostWaiting = sharedNanos > 0 ? Integer.MAX_VALUE : most;
    this.slowNanos = page.slow().toNanos();
  }

  /**
   * Takes a slot, waiting for it for a moment. It must be released.
   *
   * @return null if there is none
   */
  @Nullable Slot acquire(HttpConnection connection) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var waiter = new SlotWaiter(connection);
      waiters.add(waiter);
      grant();
      if (waiter.slot == null && waiters.size() <= mostWaiting) {
        await(waiter);
      }
      leaveLine(waiter);
      return waiter.slot;
    } finally {
      lock.unlock();
    }
  }

  private void await(SlotWaiter waiter) throws InterruptedException {
    long left = (sharedNanos > 0 ? WAIT : WAIT_UNSHARED).toNanos();
    long deadline = System.nanoTime() + left;
    try {
      while (waiter.slot == null && left > 0) {
        boolean first = waiters.peek() == waiter;
        if (first) {
          evictSlow();
        }
        var _ = waiter.changed.awaitNanos(first ? Math.min(left, LOOK.toNanos()) : left);
        left = deadline - System.nanoTime();
      }
    } catch (InterruptedException e) {
      leaveLine(waiter);
      if (waiter.slot != null) {
        leave(waiter.slot, waiter.connection);
      }
      throw e;
    }
  }

  private void leaveLine(SlotWaiter waiter) {
    waiters.remove(waiter);
    signalFirst();
  }

  /** The first one looks for slow clients, on behalf of all. */
  private void signalFirst() {
    SlotWaiter first = waiters.peek();
    if (first != null) {
      first.changed.signal();
    }
  }

  /** As many as waiters need: evicted clients' threads take a moment to release their slots. */
  private void evictSlow() {
    if (sharedNanos > 0 && clients() >= mostClients) {
      evictBlocked();
    }
    long needed = sharedNanos > 0 ? 1 : waiters.size();
    long evicted = slots.stream().filter(slot -> slot.evicted).count();
    for (; evicted < needed; evicted++) {
      Optional<Slot> slowest =
          slots.stream().filter(Slot::isSlow).max(Comparator.comparingLong(Slot::slownessNanos));
      if (slowest.isEmpty()) {
        return;
      }
      slowest.get().evict();
    }
  }

  private void evictBlocked() {
    List<HttpConnection> blocked =
        slots.stream()
            .flatMap(slot -> slot.clients.stream())
            .filter(client -> client.isBlocked(HttpConnections.STALLED.toNanos()))
            .limit(waiters.size())
            .toList();
    blocked.forEach(HttpConnection::evict);
  }

  private int clients() {
    return slots.stream().mapToInt(slot -> slot.clients.size()).sum();
  }

  private void grantWaiters() {
    lock.lock();
    try {
      grant();
    } finally {
      lock.unlock();
    }
  }

  private void grant() {
    while (!waiters.isEmpty()) {
      Slot slot = nextSlot();
      if (slot == null) {
        signalFirst();
        return;
      }
      SlotWaiter first = waiters.remove();
      first.slot = slot;
      slot.clients.add(first.connection);
      first.changed.signal();
    }
  }

  private @Nullable Slot nextSlot() {
    if (clients() >= mostClients) {
      return null;
    }
    if (slots.size() < most) {
      var slot = new Slot();
      slots.add(slot);
      return slot;
    }
    Slot newest = slots.getLast();
    return newest.isShared() ? newest : null;
  }

  void release(Slot slot, HttpConnection connection) {
    lock.lock();
    try {
      leave(slot, connection);
    } finally {
      lock.unlock();
    }
  }

  private void leave(Slot slot, HttpConnection connection) {
    slot.clients.remove(connection);
    if (slot.clients.isEmpty()) {
      slots.remove(slot);
    }
    grant();
  }
}
