// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.RecordBlock;
import dcos.metrics.codec.RecordCursor;
import dcos.metrics.collector.memory.Charge;
import dcos.metrics.collector.message.HeldBlock;
import dcos.metrics.collector.message.Slice;
import dcos.metrics.collector.message.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One topic's records that wait for a message. Thread-safe; messages leave in the order of their
 * records, under the topic's lock.
 */
final class Pending {
  private final String topic;
  private final int maxRecords;
  private final int maxBytes;
  private final Charge charge;
  private final BiConsumer<List<Slice>, Trigger> outlet;
  private final Consumer<Pending> onRemoved;

  // Guarded by this.
  private List<Slice> slices = new ArrayList<>(1);
  private int records;
  private long bytes;
  private long firstNanos;
  private boolean removed;

  /**
   * @param charge for what this object itself takes
   * @param outlet is given the slices of each message; must not block
   * @param onRemoved called when nothing is pending any more, and nothing can be added
   */
  Pending(
      String topic,
      int maxRecords,
      int maxBytes,
      Charge charge,
      BiConsumer<List<Slice>, Trigger> outlet,
      Consumer<Pending> onRemoved) {
    this.topic = topic;
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
    this.charge = charge;
    this.outlet = outlet;
    this.onRemoved = onRemoved;
  }

  String topic() {
    return topic;
  }

  /**
   * Adds records, and lets go of every message that they complete; false if this was removed
   * meanwhile.
   */
  synchronized boolean append(HeldBlock held, RecordBlock block, long nowNanos) {
    if (removed) {
      return false;
    }
    RecordBlock rest = block;
    int first = 0;
    while (records + rest.records() > maxRecords || bytes + rest.length() > maxBytes) {
      int fits = fitting(rest);
      Trigger trigger = records + fits == maxRecords ? Trigger.COUNT : Trigger.SIZE;
      if (fits > 0) {
        RecordBlock head = rest.head(fits);
        held.retain();
        add(new Slice(held, head, first), nowNanos);
        rest = rest.after(head);
        first += fits;
      }
      flush(trigger);
      if (rest.records() == 0) {
        // The last slice was taken off the caller's share above.
        held.release();
        return true;
      }
    }
    add(new Slice(held, rest, first), nowNanos);
    if (records == maxRecords) {
      flush(Trigger.COUNT);
    } else if (bytes >= maxBytes) {
      flush(Trigger.SIZE);
    }
    return true;
  }

  /** Makes a message of what there is. */
  synchronized void flush(Trigger trigger) {
    if (records == 0) {
      return;
    }
    List<Slice> full = slices;
    slices = new ArrayList<>(1);
    records = 0;
    bytes = 0;
    outlet.accept(full, trigger);
  }

  /**
   * Makes a message if the first record has waited for the period; removes this if there is none.
   *
   * @return when to look again, unless this was removed
   */
  synchronized long flushIfDue(long nowNanos, long periodNanos) {
    if (removeIfEmpty()) {
      return nowNanos;
    }
    if (nowNanos - firstNanos >= periodNanos) {
      flush(Trigger.PERIOD);
      return nowNanos + periodNanos;
    }
    return firstNanos + periodNanos;
  }

  synchronized long pendingRecords() {
    return records;
  }

  synchronized long pendingBytes() {
    return bytes;
  }

  /** The more, the sooner it should go when memory is wanted: the oldest and largest first. */
  synchronized double weight(long nowNanos) {
    return (double) bytes * (nowNanos - firstNanos);
  }

  /** Ends this, unless there are records. */
  synchronized boolean removeIfEmpty() {
    if (records > 0 || removed) {
      return removed;
    }
    removed = true;
    charge.close();
    onRemoved.accept(this);
    return true;
  }

  synchronized boolean isRemoved() {
    return removed;
  }

  private void add(Slice slice, long nowNanos) {
    if (records == 0) {
      firstNanos = nowNanos;
    }
    slices.add(slice);
    records += slice.records().records();
    bytes += slice.records().length();
  }

  /**
   * How many of these fit before a limit is reached; a single record that alone is over the size is
   * taken alone.
   */
  private int fitting(RecordBlock block) {
    RecordCursor cursor = block.cursor();
    int fits = 0;
    while (records + fits < maxRecords && cursor.next()) {
      if (bytes + (cursor.end() - block.offset()) > maxBytes) {
        boolean alone = records == 0 && fits == 0;
        return alone ? 1 : fits;
      }
      fits++;
    }
    return fits;
  }
}
