// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.collector.memory.Reservation;
import org.jspecify.annotations.Nullable;

/**
 * An array of accepted records of one topic, and the memory it is charged for. The charges are
 * given back when the last slice of it is released. Thread-safe.
 */
public final class HeldBlock {
  private final RecordOrigin origin;
  private final Reservation bytes;
  private final @Nullable Reservation overhead;
  // Guarded by this: an object less than an AtomicInteger, and there is one of these per array.
  private int slices = 1;

  /**
   * Starts with one slice, the caller's own. For an array whose one charge covers all it takes.
   *
   * @param bytes closed with the last slice
   */
  public HeldBlock(RecordOrigin origin, Reservation bytes) {
    this(origin, bytes, null);
  }

  /**
   * Starts with one slice, the caller's own.
   *
   * @param bytes for the array; closed with the last slice
   * @param overhead for what the array takes beside its bytes; closed with the last slice
   */
  public HeldBlock(RecordOrigin origin, Reservation bytes, @Nullable Reservation overhead) {
    this.origin = origin;
    this.bytes = bytes;
    this.overhead = overhead;
  }

  /** Where its records came from. */
  public RecordOrigin origin() {
    return origin;
  }

  /** One more slice; only while the caller holds one. */
  public synchronized void retain() {
    slices++;
  }

  /** Gives one slice back. */
  public void release() {
    synchronized (this) {
      slices--;
      if (slices != 0) {
        return;
      }
    }
    bytes.close();
    if (overhead != null) {
      overhead.close();
    }
  }
}
