// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import dcos.metrics.codec.binary.CorruptRecordException;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.inspector.recording.index.IndexedSource;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.series.SeriesList;
import dcos.metrics.inspector.recording.series.SeriesTable;
import dcos.metrics.inspector.recording.store.BlockDecoder;
import dcos.metrics.inspector.recording.store.BlockLocation;
import dcos.metrics.inspector.recording.thread.BackgroundThread;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that decodes every block, in its order, for the series. It goes behind what comes
 * in at its own pace, reading what was written: so a file of any size is there before it is
 * decoded.
 */
final class SeriesDecoder implements AutoCloseable {
  private static final long WAIT_NANOS = 20_000_000;

  private final ReentrantLock lock;
  // Guarded by lock.
  private final RecordingIndex recordingIndex;
  private final SeriesTable series;
  private final SeriesList list;
  private final Runnable changed;
  private final BackgroundThread worker = new BackgroundThread("inspector-series", this::run);
  private volatile boolean closed;
  private volatile int next;

  SeriesDecoder(
      RecordingIndex recordingIndex, SeriesTable series, SeriesList list, Runnable changed) {
    this.lock = recordingIndex.lock();
    this.recordingIndex = recordingIndex;
    this.series = series;
    this.list = list;
    this.changed = changed;
  }

  void start() {
    worker.start();
  }

  /** Whether every block that is known has been decoded, and its series can be seen. */
  boolean isAtEnd() {
    lock.lock();
    try {
      return next >= recordingIndex.index().nextBlock() && list.isCurrent();
    } finally {
      lock.unlock();
    }
  }

  private record Work(BlockLocation block, @Nullable BlockDecoder decoder) {}

  private void run() {
    while (!closed) {
      Work work = take();
      if (list.publish(work == null)) {
        changed.run();
      }
      if (work == null) {
        LockSupport.parkNanos(WAIT_NANOS);
        continue;
      }
      String problem = decode(work);
      if (!problem.isEmpty()) {
        lock.lock();
        try {
          recordingIndex.damaged(work.block(), problem);
        } finally {
          lock.unlock();
        }
      }
      next = work.block().number() + 1;
      changed.run();
    }
  }

  private @Nullable Work take() {
    lock.lock();
    try {
      int number = Math.max(next, recordingIndex.index().firstBlock());
      BlockLocation block = recordingIndex.index().block(number);
      if (block == null) {
        next = number;
        return null;
      }
      IndexedSource source = recordingIndex.sources().number(block.source());
      return new Work(block, source == null ? null : source.decoder(number));
    } finally {
      lock.unlock();
    }
  }

  /** What is wrong with the block; empty if nothing is, or nothing can be said. */
  private String decode(Work work) {
    BlockDecoder decoder = work.decoder();
    if (decoder == null) {
      return "";
    }
    byte[] stored;
    try {
      stored = work.block().read();
    } catch (IOException _) {
      return ""; // dropped meanwhile
    }
    int found = 0;
    try {
      RecordBlock block = decoder.decode(stored, work.block().records());
      RecordCursor record = block.cursor();
      while (found < block.records() && record.next()) {
        series.take(block.bytes(), record);
        found++;
      }
      if (found < block.records()) {
        return "corrupt number of records: " + block.records() + " declared, " + found + " found";
      }
      return record.end() == block.offset() + block.length()
          ? ""
          : "corrupt number of records: bytes behind the last of " + found;
    } catch (CorruptRecordException e) {
      return e.reason() + " at byte " + e.index() + " of the block";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    worker.wake();
    worker.close();
  }
}
