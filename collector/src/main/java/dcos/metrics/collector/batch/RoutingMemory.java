// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that sorting a block takes beside the block, which no budget counts: so one block at a
 * time, a portion after the other. Thread-safe.
 */
final class RoutingMemory {
  // An array of this size is kept for the next block.
  private static final int KEPT_BYTES = 64 << 10;

  private final int maxTopics;
  private final ReentrantLock lock;
  // Guarded by lock.
  private byte[] kept = {};

  /**
   * @param maxTopics of a portion: a block waits for that many topics of others at a time
   * @param fair whether blocks are served in order of arrival, portion by portion; this costs a
   *     change of threads for each
   */
  RoutingMemory(int maxTopics, boolean fair) {
    this.maxTopics = maxTopics;
    this.lock = new ReentrantLock(fair);
  }

  int maxTopics() {
    return maxTopics;
  }

  void enter() {
    lock.lock();
  }

  void leave() {
    lock.unlock();
  }

  /** An array of at least this length, to be used until this thread leaves. */
  byte[] arrayOf(int length) {
    if (length > KEPT_BYTES) {
      return new byte[length];
    }
    if (length > kept.length) {
      kept = new byte[KEPT_BYTES];
    }
    return kept;
  }
}
