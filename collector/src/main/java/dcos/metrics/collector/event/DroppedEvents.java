// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.event;

/**
 * Events that somebody had no room for.
 *
 * @param records that they told of
 * @param bytes of those records' blocks
 */
public record DroppedEvents(long events, long records, long bytes) {
  public static final DroppedEvents NONE = new DroppedEvents(0, 0, 0);

  /** The same, and one event more. */
  public DroppedEvents plus(Event event) {
    return event instanceof Event.BlockReceived block
        ? new DroppedEvents(events + 1, records + block.records(), bytes + block.stored().length)
        : new DroppedEvents(events + 1, records, bytes);
  }

  public boolean isNone() {
    return events == 0;
  }

  /** Says so, now. */
  public Event.Skipped event() {
    return new Event.Skipped(EventTime.now(), events, records, bytes);
  }
}
