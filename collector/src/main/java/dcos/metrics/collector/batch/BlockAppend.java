// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import dcos.metrics.codec.RecordBlock;
import dcos.metrics.collector.memory.Charge;
import dcos.metrics.collector.message.BlockOrigin;
import dcos.metrics.collector.message.HeldBlock;
import dcos.metrics.collector.message.Slice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The accepted records of one topic and one block on their way into the topic's batch, and the
 * pieces in reserve for that. Used by one thread, the sorter's.
 */
final class Arrival {
  /**
   * Fewer bytes than these are appended to an array that the records of several blocks share; more
   * keep their own, which then costs little beside them.
   */
  static final int SHARED_BYTES = 4096;

  private final BlockOrigin origin;
  private final @Nullable HeldBlock held;
  private final @Nullable Charge charge;
  private final Pieces pieces;
  private RecordBlock rest;
  private int first;
  private @Nullable Charge reserve;
  private long wanted;

  private Arrival(
      BlockOrigin origin,
      @Nullable HeldBlock held,
      @Nullable Charge charge,
      RecordBlock records,
      Pieces pieces) {
    this.origin = origin;
    this.held = held;
    this.charge = charge;
    this.rest = records;
    this.pieces = pieces;
  }

  /**
   * Records that keep their array.
   *
   * @param held of the array, whose one slice this takes over
   */
  static Arrival keeping(HeldBlock held, BlockOrigin origin, RecordBlock records, Pieces pieces) {
    return new Arrival(origin, held, null, records, pieces);
  }

  /**
   * Records to be copied.
   *
   * @param charge at least the records' length; what the copy needs of it is taken, the rest stays
   */
  static Arrival copied(BlockOrigin origin, RecordBlock records, Charge charge, Pieces pieces) {
    return new Arrival(origin, null, charge, records, pieces);
  }

  boolean isCopied() {
    return held == null;
  }

  BlockOrigin origin() {
    return origin;
  }

  /** The charge of records that are copied. */
  Charge charge() {
    return Objects.requireNonNull(charge);
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
  Slice slice(RecordBlock head) {
    HeldBlock block = Objects.requireNonNull(held);
    if (head.records() < rest.records()) {
      block.retain();
    }
    return new Slice(block, head, first);
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
    Charge enough = pieces.tryCharge(bytes);
    if (enough == null) {
      wanted = bytes;
      return false;
    }
    release();
    reserve = enough;
    return true;
  }

  /** Takes some of the reserve. */
  Charge take(long bytes) {
    return Objects.requireNonNull(reserve).split(bytes);
  }

  /**
   * Waits for as much as the last {@link #reserve} could not have, and for a topic to be opened.
   * Nothing is kept in reserve meanwhile: blocks that wait for pieces must not hold any.
   */
  void awaitPieces() {
    release();
    long bytes =
        wanted + TopicBatches.TOPIC_BYTES + Pending.MESSAGE_BYTES + RecordBuffer.HELD_BYTES;
    reserve = pieces.await(bytes);
  }

  /** Gives back what is left in reserve. */
  void release() {
    if (reserve != null) {
      reserve.close();
      reserve = null;
    }
  }
}
