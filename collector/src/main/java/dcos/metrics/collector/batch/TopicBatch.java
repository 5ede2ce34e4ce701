// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One topic's records that wait for a message, in order of arrival. Thread-safe; messages leave in
 * the order of their records, under the topic's lock.
 */
final class TopicBatch {
  /**
   * What a message takes beside its slices, until it is settled: the message, its place in its
   * topic's queue, and the queue itself, which most topics have for one message only.
   */
  static final int MESSAGE_BYTES = 256;

  private final String topic;
  private final int maxRecords;
  private final int maxBytes;
  private final Reservation reservation;
  private final MemoryBudget budget;
  private final BatchOutlet messageSink;
  private final Consumer<TopicBatch> onRemoved;

  // Guarded by this.
  private List<RecordSlice> slices = new ArrayList<>(1);
  private @Nullable RecordBuffer buffer;
  private @Nullable Reservation messageReservation;
  private int records;
  private long bytes;
  private long firstNanos;
  private boolean removed;

  /** Takes the records of each message. */
  @FunctionalInterface
  interface BatchOutlet {
    /**
     * Must not block.
     *
     * @param reservation for what the message takes beside its slices
     */
    void accept(List<RecordSlice> slices, Reservation reservation, FlushTrigger trigger);
  }

  /** How far {@link #append} came. */
  enum BatchProgress {
    /** All records are in the batch. */
    DONE,
    /** The arrival has to wait for pieces, without any lock, and then to continue. */
    SHORT_OF_OVERHEAD,
    /** This was removed meanwhile: the rest belongs to another batch. */
    REMOVED
  }

  /**
   * @param reservation for what this object itself takes
   * @param budget that the records of small blocks are charged to
   * @param onRemoved called when nothing is pending any more, and nothing can be added
   */
  TopicBatch(
      String topic,
      int maxRecords,
      int maxBytes,
      Reservation reservation,
      MemoryBudget budget,
      BatchOutlet messageSink,
      Consumer<TopicBatch> onRemoved) {
    this.topic = topic;
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
    this.reservation = reservation;
    this.budget = budget;
    this.messageSink = messageSink;
    this.onRemoved = onRemoved;
  }

  String topic() {
    return topic;
  }

  /** Adds the rest of an arrival, and lets go of every message that it completes. */
  synchronized BatchProgress append(BlockAppend arrival, long nowNanos) {
    if (removed) {
      return BatchProgress.REMOVED;
    }
    while (!arrival.isDone()) {
      int fits = fitting(arrival.rest());
      if (fits == 0) {
        flush(FlushTrigger.SIZE);
        continue;
      }
      RecordBlock rest = arrival.rest();
      if (!add(arrival, fits == rest.records() ? rest : rest.head(fits), nowNanos)) {
        return BatchProgress.SHORT_OF_OVERHEAD;
      }
      if (records == maxRecords) {
        flush(FlushTrigger.COUNT);
      } else if (bytes >= maxBytes || !arrival.isDone()) {
        flush(FlushTrigger.SIZE);
      }
    }
    return BatchProgress.DONE;
  }

  /** Makes a message of what there is. */
  synchronized void flush(FlushTrigger trigger) {
    if (records == 0) {
      return;
    }
    closeBuffer();
    List<RecordSlice> full = slices;
    Reservation ofMessage = Objects.requireNonNull(messageReservation);
    slices = new ArrayList<>(1);
    messageReservation = null;
    records = 0;
    bytes = 0;
    messageSink.accept(full, ofMessage, trigger);
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
      flush(FlushTrigger.PERIOD);
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
    reservation.close();
    onRemoved.accept(this);
    return true;
  }

  synchronized boolean isRemoved() {
    return removed;
  }

  /** False, and nothing is added, if there are not enough pieces. */
  private boolean add(BlockAppend arrival, RecordBlock head, long nowNanos) {
    RecordBuffer open = buffer;
    RecordBuffer into = open != null && open.accepts(arrival, head) ? open : null;
    long ofMessage = records == 0 ? MESSAGE_BYTES : 0;
    long ofBuffer = 0;
    if (arrival.isCopied()) {
      ofBuffer =
          into == null ? RecordBuffer.bytesFor(arrival, head) : into.growthFor(arrival, head);
    }
    if (!arrival.reserve(ofMessage + ofBuffer)) {
      return false;
    }
    if (records == 0) {
      firstNanos = nowNanos;
      messageReservation = arrival.take(MESSAGE_BYTES);
    }
    if (arrival.isCopied()) {
      copy(arrival, head, into, ofBuffer);
    } else {
      closeBuffer();
      slices.add(arrival.slice(head));
    }
    arrival.advance(head);
    records += head.records();
    bytes += head.length();
    return true;
  }

  private void copy(
      BlockAppend arrival, RecordBlock head, @Nullable RecordBuffer open, long reservedBytes) {
    RecordBuffer into = open;
    if (into == null) {
      closeBuffer();
      into = new RecordBuffer(arrival, budget, arrival.take(reservedBytes));
      buffer = into;
    } else if (reservedBytes > 0) {
      into.reserve(arrival.take(reservedBytes));
    }
    into.append(arrival, head, bytes);
  }

  /** What comes next begins another slice. */
  private void closeBuffer() {
    if (buffer != null) {
      slices.add(buffer.close());
      buffer = null;
    }
  }

  /**
   * How many of these fit before a limit is reached; a single record that alone is over the size is
   * taken alone.
   */
  private int fitting(RecordBlock block) {
    if (records + block.records() <= maxRecords && bytes + block.length() <= maxBytes) {
      return block.records();
    }
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
