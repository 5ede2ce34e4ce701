// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.DroppedEvents;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventSize;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to the recorder's thread, bounded by the memory that they keep. Those that do
 * not fit are counted. An event keeps its memory until the next one is taken. Thread-safe; one
 * thread takes.
 */
final class EventQueue {
  /** What may wait at least. */
  static final int MIN_BYTES = 1 << 20;

  // So that what happened to blocks is not left out because of other blocks.
  private static final int RESERVED_BYTES = MIN_BYTES / 4;

  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  // All guarded by lock.
  private final ArrayDeque<QueuedEvent> waiting = new ArrayDeque<>();
  private final Map<RecordingTrack, DroppedEvents> dropped = new EnumMap<>(RecordingTrack.class);
  private long bytes;
  private long takenBytes;
  private boolean closed;

  /**
   * @param maxBytes what may wait; a block that is larger may wait alone
   */
  EventQueue(Set<RecordingTrack> tracks, long maxBytes) {
    this.maxBytes = maxBytes;
    tracks.forEach(track -> dropped.put(track, DroppedEvents.NONE));
  }

  /** An event, and the only track that it is for; null for all of them. */
  record QueuedEvent(Event event, @Nullable RecordingTrack only) {}

  /** Never waits for room. */
  void offer(Event event) {
    RecordingTrack track = trackOf(event);
    if (track != null && !dropped.containsKey(track)) {
      return;
    }
    long size = size(event);
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (!fits(event, size)) {
        leaveOut(event, track);
        return;
      }
      if (track != null) {
        logLoss(track);
      }
      add(new QueuedEvent(event, track), size);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next event; null if there is none within the time, or none any more. What was left out is
   * said at once then.
   */
  @Nullable QueuedEvent take(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      bytes -= takenBytes;
      takenBytes = 0;
      long left = nanos;
      while (waiting.isEmpty() && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
      if (waiting.isEmpty()) {
        dropped.keySet().forEach(this::logLoss);
      }
      QueuedEvent entry = waiting.poll();
      if (entry != null) {
        takenBytes = size(entry.event());
      }
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing more will come. */
  boolean isFinished() {
    lock.lock();
    try {
      return closed
          && waiting.isEmpty()
          && dropped.values().stream().allMatch(DroppedEvents::isNone);
    } finally {
      lock.unlock();
    }
  }

  /** What waits can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Drops all queued events. */
  void abandon() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(Event event, long size) {
    return switch (event) {
      case Event.Snapshot _ -> true;
      case Event.BlockReceived _ ->
          (waiting.isEmpty() && takenBytes == 0) || bytes + size <= maxBytes;
      default -> bytes + size <= Math.max(maxBytes, bytesOfLargest()) + RESERVED_BYTES;
    };
  }

  /** A block beyond the bound that waits alone must not shut out what comes behind it. */
  private long bytesOfLargest() {
    QueuedEvent first = waiting.peek();
    return Math.max(takenBytes, first == null ? 0 : size(first.event()));
  }

  private void leaveOut(Event event, @Nullable RecordingTrack track) {
    if (track != null) {
      dropped.merge(track, DroppedEvents.NONE.plus(event), (before, _) -> before.plus(event));
    }
  }

  private void logLoss(RecordingTrack track) {
    DroppedEvents loss = dropped.put(track, DroppedEvents.NONE);
    if (loss != null && !loss.isNone()) {
      Event.Skipped skipped = loss.event();
      add(new QueuedEvent(skipped, track), size(skipped));
    }
  }

  private void add(QueuedEvent entry, long size) {
    bytes += size;
    waiting.add(entry);
    if (waiting.size() == 1) {
      arrived.signal();
    }
  }

  private static @Nullable RecordingTrack trackOf(Event event) {
    boolean in = RecordingTrack.INPUT.takes(event);
    boolean out = RecordingTrack.OUTPUT.takes(event);
    return in && out ? null : in ? RecordingTrack.INPUT : RecordingTrack.OUTPUT;
  }

  /** About how much memory an event keeps, in bytes. */
  private static long size(Event event) {
    // There is one snapshot, and it always fits.
    return event instanceof Event.Snapshot ? EventSize.BASE_BYTES : EventSize.of(event);
  }
}
