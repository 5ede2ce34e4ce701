// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the pipeline says what happens. While nobody listens, an event is not even made: ask {@link
 * #isOpen} first. Thread-safe.
 */
public final class EventTap {
  private final CopyOnWriteArrayList<EventSink> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong lastBlock = new AtomicLong();

  public boolean isOpen() {
    return !listeners.isEmpty();
  }

  /** The id of the next block; counts up from 1. */
  public long nextBlock() {
    return lastBlock.incrementAndGet();
  }

  /** Tells everybody who listens. */
  public void publish(Event event) {
    for (EventSink listener : listeners) {
      listener.accept(event);
    }
  }

  /**
   * Passes all events from now on to a sink, without a snapshot.
   *
   * @return ends it
   */
  public AutoCloseable listen(EventSink sink) {
    listeners.add(sink);
    return () -> listeners.remove(sink);
  }

  /**
   * Passes a sink the snapshot, and all events from then on. Events that happen while the snapshot
   * is taken follow it, so they may be in both.
   *
   * @return ends it
   */
  public AutoCloseable listen(EventSink sink, Supplier<Event.Snapshot> snapshot) {
    var listener = new EventListener(sink);
    listeners.add(listener);
    listener.begin(snapshot.get());
    return () -> listeners.remove(listener);
  }

  /** Keeps events that happen before the snapshot was taken; drops and counts those beyond. */
  private static final class EventListener implements EventSink {
    private static final int MAX_EARLY_BYTES = 256 * 1024;

    private final EventSink sink;
    // Null once the snapshot was passed on. Guarded by this while it is not null.
    private volatile @Nullable List<Event> early = new ArrayList<>();
    // Guarded by this.
    private long earlyBytes;
    private DroppedEvents dropped = DroppedEvents.NONE;

    private EventListener(EventSink sink) {
      this.sink = sink;
    }

    @Override
    public void accept(Event event) {
      if (early != null && isKept(event)) {
        return;
      }
      sink.accept(event);
    }

    private synchronized boolean isKept(Event event) {
      List<Event> kept = early;
      if (kept == null) {
        return false;
      }
      long bytes = EventSize.of(event);
      // After the first dropped event all are: their number is passed on after those kept.
      if (dropped.isNone() && bytes <= MAX_EARLY_BYTES - earlyBytes) {
        earlyBytes += bytes;
        kept.add(event);
      } else {
        dropped = dropped.plus(event);
      }
      return true;
    }

    private synchronized void begin(Event.Snapshot snapshot) {
      sink.accept(snapshot);
      List<Event> kept = early;
      if (kept != null) {
        kept.forEach(sink::accept);
      }
      if (!dropped.isNone()) {
        sink.accept(dropped.event());
      }
      early = null;
    }
  }
}
