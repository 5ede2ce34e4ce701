// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model;

import dcos.metrics.codec.CorruptRecordException;
import dcos.metrics.codec.RecordBlock;
import dcos.metrics.codec.RecordCursor;
import dcos.metrics.collector.filter.Filter;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The records that a filter finds, looked for in the background from the oldest on, and then as
 * they come. What a filter asks of a record's fate may change after it came: the last blocks are
 * looked at again until it is settled. Thread-safe; {@link #close} stops it where it is.
 */
public final class FilteredRows implements AutoCloseable {
  private static final long WAIT_NANOS = 50_000_000;
  private static final long AGAIN_NANOS = 500_000_000;

  /** Blocks whose records' fate is open are looked at again as long as they are among so many. */
  private static final int AGAIN_BLOCKS = 4096;

  private final Filter filter;
  private final ReentrantLock lock;
  // Guarded by lock.
  private final Book book;
  private final RecordReader reader;
  private final Runnable changed;
  private final Matches matches = new Matches();
  private final AtomicLong version = new AtomicLong();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("inspector-filter").unstarted(this::run);
  private volatile int next;
  private volatile boolean closed;
  // The thread's only.
  private int firstOpen = -1;
  private long lookedAgain = System.nanoTime();

  FilteredRows(
      Filter filter, ReentrantLock lock, Book book, RecordReader reader, Runnable changed) {
    this.filter = filter;
    this.lock = lock;
    this.book = book;
    this.reader = reader;
    this.changed = changed;
  }

  void start() {
    thread.start();
  }

  public Filter filter() {
    return filter;
  }

  /** How many records match so far. */
  public long count() {
    return matches.count();
  }

  /** The numbers of matching records, from the one at this place on, at most so many. */
  public long[] numbers(long from, int most) {
    return matches.numbers(from, most);
  }

  /** Matching records, from the one at this place on, at most so many. */
  public List<CapturedRecord> records(long from, int most) {
    return reader.records(matches.numbers(from, most));
  }

  /** How many matching records come before this one. */
  public long placeOf(long record) {
    return matches.placeOf(record);
  }

  /** How much of what there is has been looked at, 0 to 1. */
  public double progress() {
    lock.lock();
    try {
      int first = book.index.firstBlock();
      int all = book.index.nextBlock() - first;
      return all == 0 ? 1 : Math.clamp((next - first) / (double) all, 0, 1);
    } finally {
      lock.unlock();
    }
  }

  /** Whether it was stopped before it had looked at everything. */
  public boolean isClosed() {
    return closed;
  }

  /** Changes whenever what it finds does. */
  public long version() {
    return version.get();
  }

  private void run() {
    while (!closed) {
      RecordReader.Run block = reader.block(skipDropped());
      if (block != null) {
        look(block);
        next = block.block().number() + 1;
      } else if (firstOpen >= 0 && System.nanoTime() - lookedAgain > AGAIN_NANOS) {
        lookAgain();
      } else {
        LockSupport.parkNanos(WAIT_NANOS);
      }
    }
  }

  private int skipDropped() {
    long firstRecord;
    lock.lock();
    try {
      next = Math.max(next, book.index.firstBlock());
      firstRecord = book.index.firstRecord();
    } finally {
      lock.unlock();
    }
    matches.dropBefore(firstRecord);
    return next;
  }

  private void lookAgain() {
    int from = Math.max(firstOpen, next - AGAIN_BLOCKS);
    int to = next;
    firstOpen = -1;
    for (int number = from; number < to && !closed; number++) {
      RecordReader.Run block = reader.block(number);
      if (block != null) {
        look(block);
      }
    }
    lookedAgain = System.nanoTime();
  }

  private void look(RecordReader.Run run) {
    BlockRef ref = run.block();
    var matching = new BitSet();
    StreamDecoder decoder = run.decoder();
    if (decoder != null && !ref.damaged()) {
      try {
        RecordBlock block = decoder.decode(ref.read(), ref.records());
        RecordCursor cursor = block.cursor();
        var subject = new RecordSubject(run, block.bytes(), cursor);
        while (subject.next()) {
          matching.set(subject.record(), filter.matches(subject));
        }
        if (subject.askedForOpenFate() && firstOpen < 0) {
          firstOpen = ref.number();
        }
      } catch (IOException | CorruptRecordException _) {
        // Dropped meanwhile, or damaged: what can not be read matches nothing.
        matching.clear();
      }
    }
    matches.set(ref.firstRecord(), ref.records(), matching);
    version.incrementAndGet();
    changed.run();
  }

  /** Stops; what was found stays. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    Threads.join(thread);
  }
}
