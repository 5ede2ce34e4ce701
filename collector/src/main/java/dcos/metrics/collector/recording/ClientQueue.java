// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventSink;
import dcos.metrics.collector.event.EventSize;
import dcos.metrics.collector.event.Loss;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events that an event client has not read yet. Every one is charged to the client's share of the
 * memory; those that do not fit are dropped and counted, and the count is queued in their place.
 * Thread-safe; one thread takes.
 */
final class ClientQueue implements EventSink, AutoCloseable {
  private final EventMemory.Share memory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  // All guarded by lock.
  private final ArrayDeque<Entry> queued = new ArrayDeque<>();
  private EventMemory.@Nullable Held taken;
  private Loss loss = Loss.NONE;
  private boolean begun;
  private boolean closed;

  private record Entry(Event event, EventMemory.Held memory) {}

  /**
   * @param memory owned by this queue
   */
  ClientQueue(EventMemory.Share memory) {
    this.memory = memory;
  }

  /**
   * Puts the snapshot in front of all events accepted so far; nothing can be taken before.
   *
   * @return false if there is no memory for it
   */
  boolean begin(Event.Snapshot snapshot) {
    lock.lock();
    try {
      EventMemory.Held held = memory.tryTake(snapshot, EventSize.of(snapshot));
      if (held == null) {
        return false;
      }
      queued.addFirst(new Entry(snapshot, held));
      begun = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void accept(Event event) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      // The count of dropped events is queued with the event that follows them.
      int beside = loss.isNone() ? 0 : EventSize.BASE_BYTES;
      EventMemory.Held held = memory.tryTake(event, EventSize.of(event) + beside);
      if (held == null) {
        loss = loss.plus(event);
        return;
      }
      if (!loss.isNone()) {
        queued.add(new Entry(loss.event(), () -> {}));
        loss = Loss.NONE;
      }
      queued.add(new Entry(event, held));
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the next event, or null if none arrives within the time. The event keeps its memory
   * until the next call.
   */
  @Nullable Event take(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      release();
      long left = nanos;
      while ((queued.isEmpty() || !begun) && left > 0) {
        left = arrived.awaitNanos(left);
      }
      if (!begun) {
        return null;
      }
      Entry entry = queued.poll();
      if (entry != null) {
        taken = entry.memory();
        return entry.event();
      }
      if (loss.isNone()) {
        return null;
      }
      Event.Skipped skipped = loss.event();
      loss = Loss.NONE;
      return skipped;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back all memory; further events are ignored. Idempotent. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      release();
      queued.forEach(entry -> entry.memory().close());
      queued.clear();
      memory.close();
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    EventMemory.Held held = taken;
    taken = null;
    if (held != null) {
      held.close();
    }
  }
}
