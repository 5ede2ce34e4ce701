// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many different answers of a page are in memory. When all slots are taken, a request
 * shares the newest answer while that is recent. Otherwise it waits, first come first served, and
 * an answer that all its clients read slowly makes room. Thread-safe.
 */
final class PageSlots {
  /** How long a request waits for a slot. */
  private static final Duration WAIT = Duration.ofMillis(600);

  private static final Duration LOOK = Duration.ofMillis(20);

  private final int most;
  private final int mostWaiting;
  private final long sharedNanos;
  private final long slowNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by lock; the oldest first.
  private final ArrayDeque<Slot> slots = new ArrayDeque<>();
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

  /** One answer, and the clients that it is sent to. Closed by each of them. */
  final class Slot {
    private final long start = System.nanoTime();
    // Guarded by lock.
    private final Set<HttpConnection> clients = new HashSet<>();
    private boolean evicted;
    // Written by one client at a time.
    private volatile Page.@Nullable Answer answer;

    /** The answer; created by the first client that calls this. */
    synchronized Page.Answer answer(Supplier<Page.Answer> page) {
      Page.Answer current = answer;
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

  private static final class Waiter {
    final HttpConnection connection;
    @Nullable Slot slot;

    Waiter(HttpConnection connection) {
      this.connection = connection;
    }
  }

  PageSlots(Page page) {
    this.most = page.mostAtOnce();
    this.sharedNanos = page.shared().toNanos();
    // Requests that cannot share need a slot each: of those, only a few may wait.
    this.mostWaiting = sharedNanos > 0 ? Connections.MAX : most;
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
      var waiter = new Waiter(connection);
      waiters.add(waiter);
      grant();
      if (waiter.slot == null && waiters.size() <= mostWaiting) {
        await(waiter);
      }
      waiters.remove(waiter);
      return waiter.slot;
    } finally {
      lock.unlock();
    }
  }

  private void await(Waiter waiter) throws InterruptedException {
    long deadline = System.nanoTime() + WAIT.toNanos();
    try {
      while (waiter.slot == null && System.nanoTime() - deadline < 0) {
        evictSlow();
        var _ = changed.awaitNanos(LOOK.toNanos());
      }
    } catch (InterruptedException e) {
      waiters.remove(waiter);
      if (waiter.slot != null) {
        leave(waiter.slot, waiter.connection);
      }
      throw e;
    }
  }

  /** As many as waiters need: evicted clients' threads take a moment to release their slots. */
  private void evictSlow() {
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
        return;
      }
      Waiter first = waiters.remove();
      first.slot = slot;
      slot.clients.add(first.connection);
      changed.signalAll();
    }
  }

  private @Nullable Slot nextSlot() {
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
      grant();
    }
  }
}
