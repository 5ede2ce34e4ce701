// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.DroppedEvents;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventSink;
import dcos.metrics.collector.event.EventSize;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events that an event client has not read yet. Every one is charged to the client's share of the
 * memory; those that do not fit are dropped and counted, and the count is queued in their place. So
 * are queued events in borrowed memory when records wait for it. Thread-safe; one thread takes.
 */
final class ClientQueue implements EventSink, AutoCloseable {
  private final EventMemory.Share memory;
  private final Runnable disconnect;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  // All guarded by lock.
  private final ArrayDeque<ClientEvent> queued = new ArrayDeque<>();
  private EventMemory.@Nullable HeldEvents taken;
  // Whether records waited for its memory in the last call of releaseBorrowed.
  private boolean takenIsWanted;
  private DroppedEvents loss = DroppedEvents.NONE;
  private boolean begun;
  private boolean closed;

  private static final EventMemory.HeldEvents NO_MEMORY = () -> {};

  private record ClientEvent(Event event, EventMemory.HeldEvents memory) {}

  /**
   * @param memory owned by this queue
   * @param disconnect called, once or more, when the event that was taken last must give its memory
   *     back; it must not block
   */
  ClientQueue(EventMemory.Share memory, Runnable disconnect) {
    this.memory = memory;
    this.disconnect = disconnect;
    memory.setBorrower(this::releaseBorrowed);
  }

  /**
   * Puts the snapshot in front of all events accepted so far; nothing can be taken before.
   *
   * @return false if memory for it is not available
   */
  boolean begin(Event.Snapshot snapshot) {
    lock.lock();
    try {
      EventMemory.HeldEvents held = memory.tryTake(snapshot, EventSize.of(snapshot));
      if (held == null) {
        return false;
      }
      queued.addFirst(new ClientEvent(snapshot, held));
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
      EventMemory.HeldEvents held = memory.tryTake(event, EventSize.of(event) + beside);
      if (held == null) {
        loss = loss.plus(event);
        return;
      }
      if (!loss.isNone()) {
        queued.add(new ClientEvent(loss.event(), NO_MEMORY));
        loss = DroppedEvents.NONE;
      }
      queued.add(new ClientEvent(event, held));
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
      ClientEvent entry = queued.poll();
      if (entry != null) {
        taken = entry.memory();
        return entry.event();
      }
      if (loss.isNone()) {
        return null;
      }
      Event.Skipped skipped = loss.event();
      loss = DroppedEvents.NONE;
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

  private void releaseBorrowed(boolean recordsWait) {
    lock.lock();
    try {
      if (recordsWait && takenIsWanted) {
        disconnect.run();
      }
      takenIsWanted = recordsWait && taken != null && taken.isBorrowed();
      if (recordsWait && queued.stream().anyMatch(ClientQueue::isDroppable)) {
        dropBorrowed();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A snapshot is taken as soon as it is queued, and the client needs it. */
  private static boolean isDroppable(ClientEvent entry) {
    return entry.memory().isBorrowed() && !(entry.event() instanceof Event.Snapshot);
  }

  /** Queues counts of events in place of those in borrowed memory. */
  private void dropBorrowed() {
    List<ClientEvent> entries = List.copyOf(queued);
    queued.clear();
    DroppedEvents dropped = DroppedEvents.NONE;
    for (ClientEvent entry : entries) {
      if (isDroppable(entry)) {
        dropped = dropped.plus(entry.event());
        entry.memory().close();
        memory.countDropped();
      } else if (entry.event() instanceof Event.Skipped skipped) {
        // Its memory is that of the next event, which may be dropped.
        dropped = sum(dropped, skipped.events(), skipped.records(), skipped.bytes());
        entry.memory().close();
      } else {
        dropped = queueDropped(dropped);
        queued.add(entry);
      }
    }
    loss = sum(dropped, loss.events(), loss.records(), loss.bytes());
  }

  private static DroppedEvents sum(DroppedEvents loss, long events, long records, long bytes) {
    return new DroppedEvents(
        loss.events() + events, loss.records() + records, loss.bytes() + bytes);
  }

  /**
   * Returns the loss that is still to be counted: all of it if memory for the count is not
   * available.
   */
  private DroppedEvents queueDropped(DroppedEvents dropped) {
    EventMemory.HeldEvents held = dropped.isNone() ? null : memory.tryTakeForDropped();
    if (held == null) {
      return dropped;
    }
    queued.add(new ClientEvent(dropped.event(), held));
    return DroppedEvents.NONE;
  }

  private void release() {
    EventMemory.HeldEvents held = taken;
    taken = null;
    takenIsWanted = false;
    if (held != null) {
      held.close();
    }
  }
}
