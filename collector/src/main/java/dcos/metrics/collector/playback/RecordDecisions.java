// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import dcos.metrics.collector.event.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings blocks together with what was decided of their records, which comes a little later. A
 * bounded number of blocks waits; the oldest goes without. Not thread-safe.
 */
final class RecordDecisions<T> {
  private static final int MAX_WAITING = 4096;

  private final Out<T> out;
  private final Map<Long, WaitingBlock<T>> waiting = new LinkedHashMap<>();

  /** Told of records that share their fate. */
  @FunctionalInterface
  interface Out<T> {
    /**
     * Some of a block's records, in their order.
     *
     * @param first of the block's records
     * @param decision null where nothing was said of it
     */
    void records(T block, int first, int count, Event.@Nullable Run decision);
  }

  private static final class WaitingBlock<T> {
    private final T block;
    private final int records;
    private int next;

    private WaitingBlock(T block, int records) {
      this.block = block;
      this.records = records;
    }
  }

  RecordDecisions(Out<T> out) {
    this.out = out;
  }

  /** A block came in; one of another run may have had the same id. */
  void received(long id, T block, int records) {
    if (waiting.containsKey(id)) {
      giveUp(id);
    }
    waiting.put(id, new WaitingBlock<>(block, records));
    if (waiting.size() > MAX_WAITING) {
      long oldest = waiting.keySet().iterator().next();
      giveUp(oldest);
    }
  }

  /** Returns how many of the records were of blocks that are not known. */
  int sorted(Event.RecordsSorted sorted) {
    WaitingBlock<T> block = waiting.get(sorted.block());
    int unknown = 0;
    for (Event.Run run : sorted.runs()) {
      if (block == null) {
        unknown += run.records();
        continue;
      }
      int count = Math.min(run.records(), block.records - block.next);
      out.records(block.block, block.next, count, run);
      block.next += count;
    }
    if (block != null && block.next == block.records) {
      waiting.remove(sorted.block());
    }
    return unknown;
  }

  /** Nothing more comes. */
  void finish() {
    while (!waiting.isEmpty()) {
      giveUp(waiting.keySet().iterator().next());
    }
  }

  private void giveUp(long id) {
    WaitingBlock<T> block = waiting.remove(id);
    if (block != null && block.next < block.records) {
      out.records(block.block, block.next, block.records - block.next, null);
    }
  }
}
