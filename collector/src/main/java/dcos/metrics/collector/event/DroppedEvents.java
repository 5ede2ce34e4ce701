// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.event;

/**
 * Events that somebody had no room for.
 *
 * @param records that they told of
 * @param bytes of those records' blocks
 */
public record Loss(long events, long records, long bytes) {
  public static final Loss NONE = new Loss(0, 0, 0);

  /** The same, and one event more. */
  public Loss plus(Event event) {
    return event instanceof Event.BlockReceived block
        ? new Loss(events + 1, records + block.records(), bytes + block.stored().length)
        : new Loss(events + 1, records, bytes);
  }

  public boolean isNone() {
    return events == 0;
  }

  /** Says so, now. */
  public Event.Skipped event() {
    return new Event.Skipped(Stamp.now(), events, records, bytes);
  }
}
