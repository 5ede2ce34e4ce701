// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.search;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.inspector.recording.decode.RecordReader;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.series.SeriesOrder;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.store.BlockDecoder;
import dcos.metrics.inspector.recording.store.BlockLocation;
import dcos.metrics.inspector.recording.thread.BackgroundThread;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a filter and a span of time leave of a recording: records, the messages that they went out
 * in, and their series. Looked for in the background from the oldest on, and then as more comes.
 * What a filter asks of a record's fate may change after it came: the last blocks are looked at
 * again until it is settled. Thread-safe; {@link #close} stops it where it is.
 */
public final class SearchResults implements AutoCloseable {
  private static final long WAIT_NANOS = 50_000_000;
  private static final long AGAIN_NANOS = 500_000_000;

  /** Blocks whose records' fate is open are looked at again as long as they are among so many. */
  private static final int AGAIN_BLOCKS = 4096;

  private final SearchQuery query;
  private final ReentrantLock lock;
  // Guarded by lock.
  private final RecordingIndex recordingIndex;
  private final RecordReader reader;
  private final Runnable changed;
  private final MatchBitmap records = new MatchBitmap();
  private final DeliverySearch deliveries;
  private final SeriesSearch series;
  private final AtomicLong version = new AtomicLong();
  private final BackgroundThread worker = new BackgroundThread("inspector-filter", this::run);
  private volatile int next;
  private volatile boolean current;
  private volatile boolean caughtUp;
  private volatile boolean closed;
  // The thread's only.
  private boolean begun;
  private int firstOpen = -1;
  private long lookedAgain = System.nanoTime();

  /** Starts nothing. */
  public SearchResults(
      SearchQuery query,
      SeriesSearch series,
      RecordingIndex recordingIndex,
      RecordReader reader,
      Runnable changed) {
    this.query = query;
    this.series = series;
    this.lock = recordingIndex.lock();
    this.recordingIndex = recordingIndex;
    this.reader = reader;
    this.changed = changed;
    this.deliveries = new DeliverySearch(query, records, recordingIndex);
  }

  /** Begins to look. */
  public void start() {
    worker.start();
  }

  /** How many records match so far. */
  public long count() {
    return records.count();
  }

  /** The numbers of matching records, from the one at this place on, at most so many. */
  public long[] numbers(long from, int most) {
    return records.numbers(from, most);
  }

  /** Matching records, from the one at this place on, at most so many. */
  public List<CapturedRecord> records(long from, int most) {
    return reader.records(records.numbers(from, most));
  }

  /** How many matching records come before this one. */
  public long placeOf(long record) {
    return records.placeOf(record);
  }

  /** How many messages match so far. */
  public long deliveryCount() {
    return deliveries.matches().count();
  }

  /** Matching messages, from the one at this place on, at most so many. */
  public List<CapturedDelivery> deliveries(long from, int most) {
    return reader.deliveries(deliveries.matches().numbers(from, most));
  }

  /** What is being collected for each topic that matches, and no message yet. */
  public List<CapturedDelivery> batching() {
    return deliveries.batching();
  }

  /** How many matching messages come before this one. */
  public long placeOfDelivery(long delivery) {
    return deliveries.matches().placeOf(delivery);
  }

  /** The series that match, in the order in which they came; the list never changes. */
  public List<Series> series() {
    return series.all();
  }

  /** The same in the order that was asked for, as it was a moment ago. */
  public List<Series> sortedSeries() {
    return series.sorted();
  }

  /** Asks for an order of {@link #sortedSeries}, which is there soon. */
  public void sortSeries(SeriesOrder order) {
    series.sort(order);
  }

  /** How much of what there was at first has been looked at, 0 to 1. */
  public double progress() {
    if (caughtUp) {
      return 1;
    }
    lock.lock();
    try {
      int first =
          Math.max(
              recordingIndex.index().firstBlock(),
              recordingIndex.index().firstBlockAt(query.timeRange().fromMs()));
      int all = recordingIndex.index().firstBlockAt(query.timeRange().toMs()) - first;
      return all <= 0 ? 1 : Math.clamp((next - first) / (double) all, 0, 1);
    } finally {
      lock.unlock();
    }
  }

  /** Whether all that there was a moment ago has been looked at, and its series can be seen. */
  public boolean isCurrent() {
    return current && series.isCurrent();
  }

  /** Whether it was stopped. */
  public boolean isClosed() {
    return closed;
  }

  /** Changes whenever what it finds does. */
  public long version() {
    return version.get();
  }

  private void run() {
    while (!closed) {
      boolean isBusy = lookOn();
      isBusy |= deliveries.goOn(next);
      current = !isBusy;
      caughtUp |= current;
      if (isBusy) {
        found();
      } else if (System.nanoTime() - lookedAgain > AGAIN_NANOS) {
        lookAgain();
      } else {
        LockSupport.parkNanos(WAIT_NANOS);
      }
      if (series.publish(!isBusy)) {
        found();
      }
    }
  }

  /** Looks at the next block, if there is one. */
  private boolean lookOn() {
    RecordReader.IndexedRange block = reader.block(skip());
    if (block == null) {
      return false;
    }
    boolean isWithin = query.timeRange().contains(block.block().wallMs());
    if (isWithin) {
      look(block);
    }
    // All that comes behind the span is later still.
    next = isWithin ? block.block().number() + 1 : Integer.MAX_VALUE;
    return true;
  }

  /** Dropped blocks, and those before the span. */
  private int skip() {
    long firstRecord;
    lock.lock();
    try {
      if (!begun) {
        begun = true;
        next = recordingIndex.index().firstBlockAt(query.timeRange().fromMs());
      }
      next = Math.max(next, recordingIndex.index().firstBlock());
      firstRecord = recordingIndex.index().firstRecord();
    } finally {
      lock.unlock();
    }
    records.dropBefore(firstRecord);
    return next;
  }

  private void lookAgain() {
    boolean isOpen = firstOpen >= 0;
    int from = Math.max(firstOpen, next - AGAIN_BLOCKS);
    int to = next;
    firstOpen = -1;
    for (int number = from; isOpen && number < to && !closed; number++) {
      RecordReader.IndexedRange block = reader.block(number);
      if (block != null) {
        look(block);
      }
    }
    if (deliveries.lookAgain() || isOpen) {
      found();
    }
    lookedAgain = System.nanoTime();
  }

  private void look(RecordReader.IndexedRange run) {
    BlockLocation ref = run.block();
    var matching = new BitSet();
    BlockDecoder decoder = run.decoder();
    if (decoder != null && !ref.damaged()) {
      try {
        RecordBlock block = decoder.decode(ref.read(), ref.records());
        RecordCursor cursor = block.cursor();
        var searched = new SearchedRecord(run, block.bytes(), cursor);
        while (searched.next()) {
          if (query.filter().matches(searched.subject())) {
            matching.set(searched.record());
            take(ref, block, cursor, searched);
          }
        }
        if (searched.askedForOpenState() && firstOpen < 0) {
          firstOpen = ref.number();
        }
      } catch (IOException | CorruptRecordException _) {
        // Dropped meanwhile, or damaged: an unreadable block matches nothing.
        matching.clear();
      }
    }
    records.set(ref.firstRecord(), ref.records(), matching);
  }

  private void take(
      BlockLocation ref, RecordBlock block, RecordCursor cursor, SearchedRecord searched) {
    if (!records.has(ref.firstRecord() + searched.record())) {
      series.take(block.bytes(), cursor, query.filter().datapoints(searched.subject()));
    }
  }

  private void found() {
    version.incrementAndGet();
    changed.run();
  }

  /** Stops; the rows that were found stay. */
  @Override
  public void close() {
    closed = true;
    worker.wake();
    worker.close();
  }
}
