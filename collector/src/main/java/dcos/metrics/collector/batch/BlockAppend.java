// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.BlockRecordOrigin;
import dcos.metrics.collector.message.HeldBlock;
import dcos.metrics.collector.message.RecordSlice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The accepted records of one topic and one block on their way into the topic's batch, and the
 * pieces in reserve for that. Used by one thread, the sorter's.
 */
final class BlockAppend {
  /**
   * Fewer bytes than these are appended to an array that the records of several blocks share; more
   * keep their own, which then costs little beside them.
   */
  static final int SHARED_BYTES = 4096;

  private final BlockRecordOrigin origin;
  private final @Nullable HeldBlock held;
  private final @Nullable Reservation reservation;
  private final RecordOverhead overhead;
  private RecordBlock rest;
  private int first;
  private @Nullable Reservation reserve;
  private long wanted;

  private BlockAppend(
      BlockRecordOrigin origin,
      @Nullable HeldBlock held,
      @Nullable Reservation reservation,
      RecordBlock records,
      RecordOverhead overhead) {
    this.origin = origin;
    this.held = held;
    this.reservation = reservation;
    this.rest = records;
    this.overhead = overhead;
  }

  /**
   * Records that keep their array.
   *
   * @param held of the array, whose one slice this takes over
   */
  static BlockAppend keeping(
      HeldBlock held, BlockRecordOrigin origin, RecordBlock records, RecordOverhead overhead) {
    return new BlockAppend(origin, held, null, records, overhead);
  }

  /**
   * Records to be copied.
   *
   * @param reservation at least the records' length; what the copy needs of it is taken, the rest
   *     stays
   */
  static BlockAppend copied(
      BlockRecordOrigin origin,
      RecordBlock records,
      Reservation reservation,
      RecordOverhead overhead) {
    return new BlockAppend(origin, null, reservation, records, overhead);
  }

  boolean isCopied() {
    return held == null;
  }

  BlockRecordOrigin origin() {
    return origin;
  }

  /** The charge of records that are copied. */
  Reservation reservation() {
    return Objects.requireNonNull(reservation);
  }

  /** The records that are in no batch yet. */
  RecordBlock rest() {
    return rest;
  }

  /** How many records of the origin come before the rest. */
  int first() {
    return first;
  }

  boolean isDone() {
    return rest.records() == 0;
  }

  /** A slice of the first records of the rest, to be released once. */
  RecordSlice slice(RecordBlock head) {
    HeldBlock block = Objects.requireNonNull(held);
    if (head.records() < rest.records()) {
      block.retain();
    }
    return new RecordSlice(block, head, first);
  }

  /** These first records of the rest are in a batch now. */
  void advance(RecordBlock head) {
    rest = rest.after(head);
    first += head.records();
  }

  /**
   * Reserves this many bytes of pieces; false if they are not free. Never waits, so that it may be
   * called under a topic's lock.
   */
  boolean reserve(long bytes) {
    if (bytes == 0 || (reserve != null && reserve.bytes() >= bytes)) {
      return true;
    }
    Reservation enough = overhead.tryReserve(bytes);
    if (enough == null) {
      wanted = bytes;
      return false;
    }
    release();
    reserve = enough;
    return true;
  }

  /** Takes some of the reserve. */
  Reservation take(long bytes) {
    return Objects.requireNonNull(reserve).split(bytes);
  }

  /**
   * Waits for as much as the last {@link #reserve} could not have, and for a topic to be opened.
   * Nothing is kept in reserve meanwhile: blocks that wait for pieces must not hold any.
   */
  void awaitOverhead() {
    release();
    long bytes =
        wanted + TopicBatches.TOPIC_BYTES + TopicBatch.MESSAGE_BYTES + RecordBuffer.HELD_BYTES;
    reserve = overhead.await(bytes);
  }

  /** Gives back what is left in reserve. */
  void release() {
    if (reserve != null) {
      reserve.close();
      reserve = null;
    }
  }
}
