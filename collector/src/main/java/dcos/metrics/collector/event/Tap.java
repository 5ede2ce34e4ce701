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
public final class Tap {
  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
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
    for (Listener listener : listeners) {
      listener.accept(event);
    }
  }

  /**
   * Tells a sink the snapshot, and from there on everything. What happens while the snapshot is
   * taken is told after it, so it may be in both.
   *
   * @return ends it
   */
  public AutoCloseable listen(EventSink sink, Supplier<Event.Snapshot> snapshot) {
    var listener = new Listener(sink);
    listeners.add(listener);
    listener.begin(snapshot.get());
    return () -> listeners.remove(listener);
  }

  /** Keeps back what happens before the snapshot. */
  private static final class Listener {
    private final EventSink sink;
    // Null once the snapshot was told. Guarded by this while it is not null.
    private volatile @Nullable List<Event> early = new ArrayList<>();

    private Listener(EventSink sink) {
      this.sink = sink;
    }

    private void accept(Event event) {
      if (early != null && isKept(event)) {
        return;
      }
      sink.accept(event);
    }

    private synchronized boolean isKept(Event event) {
      List<Event> kept = early;
      return kept != null && kept.add(event);
    }

    private synchronized void begin(Event.Snapshot snapshot) {
      sink.accept(snapshot);
      List<Event> kept = early;
      if (kept != null) {
        kept.forEach(sink::accept);
      }
      early = null;
    }
  }
}
