// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import dcos.metrics.codec.container.ArrivalMemory;
import dcos.metrics.collector.batch.BlockSink;
import dcos.metrics.collector.memory.ArrivalReservation;
import dcos.metrics.collector.memory.Reservation;
import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * A header or block that is being read, and the memory for it. One reader; the methods that look at
 * it may be called by another thread.
 */
final class ArrivingUnit implements ArrivalMemory, AutoCloseable {
  /** So few unread bytes never fill a socket's window: their sender could have sent more. */
  private static final int FEW_BYTES = 16_384;

  /** Why a connection ended that waited for memory. */
  static final String STOPPED = "stopped while waiting for memory";

  private static final long NOT_WAITING = -1;

  private final DeadlineInput input;
  private final ArrivalReservation reservation;
  private final boolean header;
  // Written by the reader, read by those that look: while it waits for memory, how many bytes of
  // the stream must have come for the header or block to be complete, at least.
  private volatile long completeAt = NOT_WAITING;
  // Written by the reader: all has come, the remaining work is ours.
  private volatile boolean complete;
  // The reader's: the reserved bytes, so that the budget's lock is not taken for the same again.
  private long reserved;
  private boolean reservedBytes;

  ArrivingUnit(DeadlineInput input, ArrivalReservation reservation, boolean header) {
    this.input = input;
    this.reservation = reservation;
    this.header = header;
  }

  boolean isHeader() {
    return header;
  }

  @Override
  public void reserve(long bytes, long unreadBytes) throws IOException {
    input.endTurn();
    complete = unreadBytes == 0;
    long total = header ? bytes : BlockSink.reservationFor(bytes);
    if (total == reserved) {
      return;
    }
    boolean whole = complete || unreadBytes <= input.available();
    completeAt = input.bytesRead() + unreadBytes;
    try {
      if (reservation.resize(total, whole)) {
        // That it took long was not the sender's fault.
        input.beginUnit();
      }
      reserved = total;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      StreamTimeoutException why = input.whyCut();
      throw why != null ? why : new InterruptedIOException(STOPPED);
    } finally {
      completeAt = NOT_WAITING;
    }
  }

  /** The memory of a block that is complete. */
  Reservation toReservation() {
    reservedBytes = true;
    return reservation.toReservation();
  }

  @Override
  public void close() {
    if (!reservedBytes) {
      reservation.close();
    }
  }

  /** Whether the reader waits for memory. */
  boolean isWaiting() {
    return completeAt != NOT_WAITING;
  }

  /**
   * While the reader waits for memory: notices that the rest has come meanwhile.
   *
   * @return how many bytes have come that were not read; 0 while it does not wait
   */
  long lookWhileWaiting() throws IOException {
    long wanted = completeAt;
    if (wanted == NOT_WAITING) {
      return 0;
    }
    long unread = input.unread();
    if (input.bytesRead() + unread >= wanted) {
      reservation.arrived();
    }
    return unread;
  }

  /**
   * Whether the next step is the sender's: it has begun the header or block, and all that has come
   * was read. While the reader waits for memory that is so if the rest has not come, and so little
   * is unread that the sender could send more; other unread bytes are our delay.
   */
  boolean isLeftIncomplete() throws IOException {
    if (complete || input.isBetweenUnits()) {
      return false;
    }
    long wanted = completeAt;
    long unread = input.unread();
    return wanted == NOT_WAITING
        ? unread == 0
        : unread < FEW_BYTES && input.bytesRead() + unread < wanted;
  }
}
