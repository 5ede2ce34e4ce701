// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventSink;
import dcos.metrics.collector.event.Stamp;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;

/**
 * A pipeline's events as a recording that somebody reads while it grows. A reader that is slow is
 * told what it missed.
 */
public final class EventStream {
  /** So that an acknowledgement is on somebody's screen soon. */
  private static final long FLUSH_NANOS = Duration.ofMillis(50).toNanos();

  /** Nothing is said for longer: a reader that has gone is found out by writing to it. */
  private static final long SILENCE_NANOS = Duration.ofSeconds(5).toNanos();

  private EventStream() {}

  /** Where events come from. */
  @FunctionalInterface
  public interface Origin {
    /** Tells a sink all that happens from now on; what is returned ends it. */
    AutoCloseable listen(EventSink sink);
  }

  /**
   * Writes what happens from now on, until the thread is interrupted.
   *
   * @throws IOException when the reader has gone
   */
  public static void copy(Origin origin, OutputStream out)
      throws IOException, InterruptedException {
    var queue = new EventQueue(EnumSet.allOf(Track.class));
    AutoCloseable listening = origin.listen(queue::offer);
    try {
      copy(queue, new EventWriter(out));
    } finally {
      queue.abandon();
      end(listening);
    }
  }

  private static void copy(EventQueue queue, EventWriter writer)
      throws IOException, InterruptedException {
    long flushed = System.nanoTime();
    boolean pending = false;
    while (true) {
      EventQueue.Entry entry = queue.take(FLUSH_NANOS);
      long now = System.nanoTime();
      if (entry != null) {
        writer.write(entry.event());
        pending = true;
      } else if (!pending && now - flushed > SILENCE_NANOS) {
        writer.write(new Event.Skipped(Stamp.now(), 0, 0, 0));
        pending = true;
      }
      if (pending && (entry == null || now - flushed > FLUSH_NANOS)) {
        writer.flush();
        flushed = now;
        pending = false;
      }
    }
  }

  private static void end(AutoCloseable listening) {
    try {
      listening.close();
    } catch (Exception e) {
      throw new IllegalStateException("listening did not end", e);
    }
  }
}
