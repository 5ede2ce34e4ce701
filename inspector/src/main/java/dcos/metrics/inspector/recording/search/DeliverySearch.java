// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.search;

import dcos.metrics.collector.filter.FilterSubject;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.inspector.recording.index.DeliveryIndex;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.store.BlockLocation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages that a filter finds. A filter that asks for nothing but what a message is finds
 * those that are so; any other finds those that hold a record that it finds. One thread looks; what
 * it found is thread-safe.
 */
final class DeliverySearch {
  private static final int BATCH = 256;

  /** Messages on their way are looked at again as long as they are among so many. */
  private static final int AGAIN = 1 << 16;

  private final SearchQuery query;
  private final MatchBitmap records;
  private final ReentrantLock lock;
  // Guarded by lock.
  private final RecordingIndex recordingIndex;
  private final MatchBitmap matches = new MatchBitmap();
  // The looking thread's only.
  private long next;
  private long firstOpen = -1;

  DeliverySearch(SearchQuery query, MatchBitmap records, RecordingIndex recordingIndex) {
    this.query = query;
    this.records = records;
    this.lock = recordingIndex.lock();
    this.recordingIndex = recordingIndex;
  }

  /** Their numbers. */
  MatchBitmap matches() {
    return matches;
  }

  /** What is being collected, as far as the filter asks for nothing that just a record has. */
  List<CapturedDelivery> batching() {
    if (!query.filter().asksForMessages()) {
      return List.of();
    }
    return recordingIndex.ask(recordingIndex.topics()::batching).stream()
        .filter(row -> query.timeRange().contains(row.wallMs()))
        .filter(row -> query.filter().matches(FilterSubject.of(row)))
        .toList();
  }

  /**
   * Looks at some more messages: those of which all records have been looked at.
   *
   * @param blocksDone blocks before this one have been
   * @return whether there were any
   */
  boolean goOn(int blocksDone) {
    lock.lock();
    try {
      long from = Math.max(next, recordingIndex.deliveries().first());
      long to = Math.min(from + BATCH, recordingIndex.deliveries().count());
      matches.dropBefore(recordingIndex.deliveries().first());
      next = from;
      while (next < to && look(next, blocksDone)) {
        next++;
      }
      return next > from;
    } finally {
      lock.unlock();
    }
  }

  /** Looks again at those that were on their way; answers whether there were any. */
  boolean lookAgain() {
    if (firstOpen < 0) {
      return false;
    }
    long from = Math.max(firstOpen, next - AGAIN);
    firstOpen = -1;
    for (long at = from; at < next; at += BATCH) {
      lock.lock();
      try {
        for (long number = at; number < Math.min(next, at + BATCH); number++) {
          boolean _ = look(number, Integer.MAX_VALUE);
        }
      } finally {
        lock.unlock();
      }
    }
    return true;
  }

  /** False if some of its records are still to be looked at. */
  private boolean look(long number, int blocksDone) {
    CapturedDelivery row = recordingIndex.deliveries().row(number);
    if (row == null) {
      return true;
    }
    Optional<Boolean> anyRecord = Optional.empty();
    if (query.filter().asksForRecords()) {
      for (DeliveryIndex.StoredRecordRange range : recordingIndex.deliveries().ranges(number)) {
        if (range.block() >= blocksDone) {
          return false;
        }
        BlockLocation block = recordingIndex.index().block(range.block());
        if (block != null) {
          boolean any = records.hasAny(block.firstRecord() + range.first(), range.records());
          anyRecord = Optional.of(any || anyRecord.orElse(false));
        }
      }
    }
    boolean isFound =
        (anyRecord.isPresent() || query.timeRange().contains(row.wallMs()))
            && query.filter().matches(row, anyRecord);
    if (row.state().equals(MessageState.SENDING) && firstOpen < 0) {
      firstOpen = number;
    }
    matches.set(number, isFound);
    return true;
  }
}
