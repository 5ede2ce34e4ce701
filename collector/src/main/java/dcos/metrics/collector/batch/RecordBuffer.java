// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.BufferRecordOrigin;
import dcos.metrics.collector.message.HeldBlock;
import dcos.metrics.collector.message.RecordSlice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An array that the records of a topic's small blocks are appended to, so that they share what an
 * array costs. Its whole length is charged to the budget of records. Not thread-safe: guarded by
 * the lock of its batch.
 */
final class RecordBuffer {
  /** What a buffer takes beside its bytes and what its origin grows by: about ten small objects. */
  static final int HELD_BYTES = 288;

  // An array below this is replaced by a larger one; a longer one is followed by another.
  private static final int REPLACED_BYTES = 4096;
  // The most that an origin grows at once beside what the records need; see growthFor.
  private static final int MAX_GROWTH_BYTES = 4096;
  // Room for records to come: a share of the pending bytes, so that little of a batch is unused.
  private static final int MIN_ROOM_BYTES = 512;
  private static final int MAX_ROOM_BYTES = 64 << 10;
  private static final int UNUSED_SHARE = 8;

  private final MemoryBudget budget;
  private final BufferRecordOrigin origin;
  private final Reservation reservation;
  private @Nullable Reservation overhead;
  // How much of the charge is not for the array: pieces that were taken from the records' budget.
  private long besideArray;
  private byte[] bytes = {};
  private int length;
  private int records;

  /**
   * An empty one, for records that are like these.
   *
   * @param budget that the array is charged to
   * @param overhead at least {@link #bytesFor} the first records
   */
  RecordBuffer(BlockAppend arrival, MemoryBudget budget, Reservation overhead) {
    this.budget = budget;
    this.origin = new BufferRecordOrigin(arrival.origin());
    this.reservation = arrival.reservation().split(0);
    reserve(overhead);
  }

  /** What a new buffer takes of the pieces with these first records of an arrival. */
  static long bytesFor(BlockAppend arrival, RecordBlock head) {
    return HELD_BYTES
        + BufferRecordOrigin.bytesFor(arrival.origin(), arrival.first(), head.records());
  }

  /** Whether these first records of an arrival may be appended; else a new buffer is needed. */
  boolean accepts(BlockAppend arrival, RecordBlock head) {
    return origin.accepts(arrival.origin())
        && (length < REPLACED_BYTES || head.length() <= bytes.length - length)
        // A large origin is followed by a small one: a wait must never be for more than there is.
        && growthFor(arrival, head) <= MAX_GROWTH_BYTES + bytesFor(arrival, head);
  }

  /** How much more this takes of the pieces with these first records of an arrival. */
  long growthFor(BlockAppend arrival, RecordBlock head) {
    return origin.growthFor(arrival.origin(), arrival.first(), head.records());
  }

  /** Takes over a charge of {@link #growthFor} bytes. */
  void reserve(Reservation moreOverhead) {
    if (moreOverhead.isOf(budget)) {
      besideArray += moreOverhead.bytes();
      reservation.takeOver(moreOverhead);
    } else if (overhead == null) {
      overhead = moreOverhead;
    } else {
      overhead.takeOver(moreOverhead);
    }
  }

  /**
   * Appends the first records of an arrival. Never waits for memory: where there is none for
   * records to come, the array is as large as it must be, by what the records themselves are
   * charged for.
   *
   * @param pendingBytes of the batch so far
   */
  void append(BlockAppend arrival, RecordBlock head, long pendingBytes) {
    int needed = length + head.length();
    if (needed > bytes.length) {
      grow(needed, room(pendingBytes), arrival.reservation());
    }
    System.arraycopy(head.bytes(), head.offset(), bytes, length, head.length());
    length = needed;
    records += head.records();
    origin.add(arrival.origin(), arrival.first(), head);
  }

  /** All records, once no more follow. Much unused room is given back by a copy. */
  RecordSlice close() {
    if (bytes.length - length > length / UNUSED_SHARE) {
      bytes = Arrays.copyOf(bytes, length);
      reservation.shrinkTo(length + besideArray);
    }
    return RecordSlice.all(
        new HeldBlock(origin, reservation, overhead), new RecordBlock(bytes, 0, length, records));
  }

  private void grow(int needed, int room, Reservation own) {
    int capacity = needed + room;
    Reservation more = budget.tryReserve(capacity - bytes.length);
    if (more == null) {
      capacity = needed;
      more = own.split(capacity - bytes.length);
    }
    reservation.takeOver(more);
    bytes = Arrays.copyOf(bytes, capacity);
  }

  /** None for the first records: of many topics only a few are sent. */
  private static int room(long pendingBytes) {
    long share = Math.clamp(pendingBytes / UNUSED_SHARE, MIN_ROOM_BYTES, MAX_ROOM_BYTES);
    return (int) Math.min(pendingBytes, share);
  }
}
