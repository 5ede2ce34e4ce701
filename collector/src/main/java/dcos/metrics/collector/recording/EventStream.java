// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventSink;
import dcos.metrics.collector.event.EventTime;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pipeline's events as a recording that a client reads while it grows. A slow client receives the
 * number of events that were dropped for it.
 */
public final class EventStream {
  /** So that an acknowledgement is soon on a screen. */
  private static final long FLUSH_NANOS = Duration.ofMillis(50).toNanos();

  /** The longest time without a write: only a write shows that a reader has disconnected. */
  private static final long SILENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private static final Logger logger = LoggerFactory.getLogger(EventStream.class);

  private EventStream() {}

  /** A source of events. */
  public interface EventSource {
    /** Passes on all events from now on, without a snapshot; closing the result ends that. */
    AutoCloseable listen(EventSink sink);

    /** The current state. */
    Event.Snapshot snapshot();
  }

  /**
   * Writes a snapshot and what happens from now on, until the thread is interrupted.
   *
   * @param memory that queued events are charged to
   * @throws IOException when the reader has disconnected, or its snapshot does not fit into its
   *     memory
   */
  public static void copy(EventSource source, EventMemory memory, OutputStream out)
      throws IOException, InterruptedException {
    EventMemory.Share share = memory.open(LiveEventWriter.MAX_BYTES);
    if (share == null) {
      throw new IOException("too many event clients");
    }
    Thread writer = Thread.currentThread();
    try (var queue = new ClientQueue(share, () -> disconnect(writer))) {
      AutoCloseable listening = source.listen(queue);
      try {
        // Events since the line above are queued, and bounded as all others are.
        if (!queue.begin(source.snapshot())) {
          // The client cannot receive the reason: its answer has begun, and can only be cut.
          logger.warn("not enough memory for a snapshot; event client disconnected");
          throw new IOException("not enough memory for a snapshot");
        }
        copy(queue, new LiveEventWriter(out));
      } finally {
        end(listening);
      }
    }
  }

  private static void copy(ClientQueue queue, LiveEventWriter writer)
      throws IOException, InterruptedException {
    long flushed = System.nanoTime();
    boolean pending = false;
    while (true) {
      Event event = queue.take(FLUSH_NANOS);
      long now = System.nanoTime();
      if (event != null) {
        writer.write(event);
        pending = true;
      } else if (!pending && now - flushed > SILENCE_NANOS) {
        writer.write(new Event.Skipped(EventTime.now(), 0, 0, 0));
        pending = true;
      }
      if (pending && (event == null || now - flushed > FLUSH_NANOS)) {
        writer.flush();
        flushed = now;
        pending = false;
      }
    }
  }

  /** Ends a blocked write: a virtual thread's socket is closed when the thread is interrupted. */
  private static void disconnect(Thread writer) {
    logger.warn(
        "records need the memory of an event that is read slowly; event client disconnected");
    writer.interrupt();
  }

  private static void end(AutoCloseable listening) {
    try {
      listening.close();
    } catch (Exception e) {
      throw new IllegalStateException("listening did not end", e);
    }
  }
}
