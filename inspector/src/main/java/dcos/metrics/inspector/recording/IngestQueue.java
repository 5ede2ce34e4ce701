// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import dcos.metrics.collector.event.DroppedEvents;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Between whoever publishes and the one thread that takes: bounded in events and in bytes. A block
 * whose bytes do not fit goes without them, so that its records are counted; what does not fit at
 * all is counted as skipped. Thread-safe.
 */
final class IngestQueue implements EventSink {
  private static final byte[] NOTHING = new byte[0];

  private final int maxEvents;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hasSome = lock.newCondition();
  private final Condition hasRoom = lock.newCondition();
  // All of these are guarded by lock.
  private final Deque<IngestItem> items = new ArrayDeque<>();
  private long bytes;
  private int taken;
  private boolean closed;
  private DroppedEvents skipped = DroppedEvents.NONE;

  IngestQueue(int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  /**
   * An event that waits.
   *
   * @param leftOutBytes of a block, that did not fit; -1 if nothing was left out
   */
  record IngestItem(Event event, long leftOutBytes) {}

  /** Never waits, but for another thread to copy a reference. */
  @Override
  public void accept(Event event) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (items.size() >= maxEvents) {
        skipped = skipped.plus(event);
      } else if (event instanceof Event.BlockReceived block
          && bytes + block.stored().length > maxBytes) {
        add(new IngestItem(withoutBytes(block), block.stored().length));
      } else {
        add(new IngestItem(event, -1));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for room; for a reader of a file, which must not skip. */
  void put(Event event) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed
          && (items.size() >= maxEvents || (bytes > 0 && bytes + weight(event) > maxBytes))) {
        hasRoom.await();
      }
      if (!closed) {
        add(new IngestItem(event, -1));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Up to so many items, in their order; waits for the first, a while at most. */
  @SuppressWarnings("WaitNotInLoop") // whoever wakes without cause takes nothing, and comes again
  List<IngestItem> take(int most, long waitMs) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (items.isEmpty() && !closed) {
        var _ = hasSome.await(waitMs, TimeUnit.MILLISECONDS);
      }
      List<IngestItem> next = new ArrayList<>(Math.min(most, items.size()));
      while (next.size() < most && !items.isEmpty()) {
        IngestItem item = items.removeFirst();
        bytes -= weight(item.event());
        next.add(item);
      }
      taken = next.size();
      hasRoom.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** What was taken, and what was skipped, has been dealt with. */
  void done() {
    lock.lock();
    try {
      taken = 0;
    } finally {
      lock.unlock();
    }
  }

  DroppedEvents takeSkipped() {
    lock.lock();
    try {
      DroppedEvents said = skipped;
      skipped = DroppedEvents.NONE;
      taken += said.isNone() ? 0 : 1;
      return said;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing waits, and what was taken has been dealt with. */
  boolean isDone() {
    lock.lock();
    try {
      return items.isEmpty() && taken == 0 && skipped.isNone();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; nobody waits any longer. */
  void close() {
    lock.lock();
    try {
      closed = true;
      hasRoom.signalAll();
      hasSome.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(IngestItem item) {
    items.addLast(item);
    bytes += weight(item.event());
    hasSome.signal();
  }

  private static Event.BlockReceived withoutBytes(Event.BlockReceived block) {
    return new Event.BlockReceived(
        block.at(),
        block.block(),
        block.source(),
        block.offset(),
        block.records(),
        NOTHING,
        block.container());
  }

  private static long weight(Event event) {
    return event instanceof Event.BlockReceived block ? block.stored().length : 0;
  }
}
