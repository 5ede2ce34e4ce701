// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model.find;

import dcos.metrics.collector.filter.Key;
import dcos.metrics.inspector.model.blocks.BlockRef;
import dcos.metrics.inspector.model.book.Book;
import dcos.metrics.inspector.model.book.Deliveries;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.MessageState;
import dcos.metrics.inspector.model.captured.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages that a filter finds. A filter that asks for nothing but what a message is finds
 * those that are so; any other finds those that hold a record that it finds. One thread looks; what
 * it found is thread-safe.
 */
final class FoundDeliveries {
  private static final Set<Key> OWN =
      EnumSet.of(
          Key.OUTCOME,
          Key.STATE,
          Key.TRIGGER,
          Key.MESSAGE,
          Key.RECORDS,
          Key.PARTITION,
          Key.OFFSET,
          Key.MS);

  // Of a message to be, the topic is known as well; its records are not asked.
  private static final Set<Key> OWN_OR_TOPIC = EnumSet.copyOf(OWN);

  static {
    OWN_OR_TOPIC.add(Key.TOPIC);
  }

  private static final int BATCH = 256;

  /** Messages on their way are looked at again as long as they are among so many. */
  private static final int AGAIN = 1 << 16;

  private final boolean isOwn;
  private final Query query;
  private final Matches records;
  private final ReentrantLock lock;
  // Guarded by lock.
  private final Book book;
  private final Matches matches = new Matches();
  // The looking thread's only.
  private long next;
  private long firstOpen = -1;

  FoundDeliveries(Query query, Matches records, Book book) {
    this.query = query;
    this.isOwn = OWN.containsAll(query.filter().keys());
    this.records = records;
    this.lock = book.lock();
    this.book = book;
  }

  /** Their numbers. */
  Matches matches() {
    return matches;
  }

  /** What is being collected, as far as the filter asks for nothing that just a record has. */
  List<CapturedDelivery> batching() {
    if (!OWN_OR_TOPIC.containsAll(query.filter().keys())) {
      return List.of();
    }
    return book.ask(book.topics()::batching).stream()
        .filter(row -> query.span().contains(row.wallMs()))
        .filter(row -> query.filter().matches(Words.subject(row)))
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
      long from = Math.max(next, book.deliveries().first());
      long to = Math.min(from + BATCH, book.deliveries().count());
      matches.dropBefore(book.deliveries().first());
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
    CapturedDelivery row = book.deliveries().row(number);
    if (row == null) {
      return true;
    }
    boolean isFound;
    if (isOwn) {
      isFound = query.span().contains(row.wallMs()) && query.filter().matches(Words.subject(row));
    } else {
      isFound = false;
      for (Deliveries.Piece piece : book.deliveries().pieces(number)) {
        if (piece.block() >= blocksDone) {
          return false;
        }
        BlockRef block = book.index().block(piece.block());
        isFound |=
            block != null && records.hasAny(block.firstRecord() + piece.first(), piece.records());
      }
    }
    if (row.state().equals(MessageState.SENDING) && firstOpen < 0) {
      firstOpen = number;
    }
    matches.set(number, isFound);
    return true;
  }
}
