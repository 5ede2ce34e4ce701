// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import dcos.metrics.collector.event.DroppedEvents;
import dcos.metrics.collector.event.Event;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.store.BlockFile;
import dcos.metrics.inspector.recording.store.BlockStore;
import dcos.metrics.inspector.recording.thread.BackgroundThread;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The one thread that enters events into the book, and writes the bytes of blocks to disk. */
final class EventIngest implements AutoCloseable {
  private static final int BATCH = 256;
  private static final long WAIT_MS = 200;

  private final IngestQueue intake;
  private final ReentrantLock lock;
  // Guarded by lock.
  private final RecordingIndex recordingIndex;
  private final Runnable changed;
  private final BackgroundThread worker = new BackgroundThread("inspector-ingest", this::run);
  private volatile boolean closed;
  private volatile String problem = "";

  EventIngest(IngestQueue intake, RecordingIndex recordingIndex, Runnable changed) {
    this.intake = intake;
    this.lock = recordingIndex.lock();
    this.recordingIndex = recordingIndex;
    this.changed = changed;
  }

  void start() {
    worker.start();
  }

  /** Why bytes could not be written the last time, or empty. */
  String problem() {
    return problem;
  }

  private void run() {
    try {
      while (!closed) {
        List<IngestQueue.IngestItem> items = intake.take(BATCH, WAIT_MS);
        DroppedEvents skipped = intake.takeSkipped();
        for (IngestQueue.IngestItem item : items) {
          enter(item);
        }
        if (!skipped.isNone()) {
          enter(skipped);
        }
        intake.done();
        if (!items.isEmpty() || !skipped.isNone()) {
          changed.run();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // close() asks for this
    }
  }

  private void enter(IngestQueue.IngestItem item) {
    if (item.event() instanceof Event.BlockReceived block && item.leftOutBytes() < 0) {
      keep(block);
      return;
    }
    lock.lock();
    try {
      if (item.event() instanceof Event.BlockReceived block) {
        recordingIndex.enterWithoutBytes(block, item.leftOutBytes());
      } else {
        recordingIndex.enter(item.event());
      }
    } finally {
      lock.unlock();
    }
  }

  private void enter(DroppedEvents skipped) {
    lock.lock();
    try {
      recordingIndex.enter(skipped.event());
    } finally {
      lock.unlock();
    }
  }

  /** Writes outside of the lock: a slow disk must not hold up who looks. */
  private void keep(Event.BlockReceived block) {
    BlockFile file = null;
    List<BlockStore> dropped;
    String error = "";
    lock.lock();
    try {
      file = recordingIndex.index().room(block.stored().length);
    } catch (IOException e) {
      error = "the bytes of records can not be kept: " + e.getMessage();
    } finally {
      dropped = recordingIndex.index().takeDropped();
      lock.unlock();
    }
    dropped.forEach(BlockStore::close);
    long position = -1;
    if (file != null) {
      try {
        position = file.append(block.stored());
      } catch (IOException e) {
        error = "the bytes of records can not be kept: " + e.getMessage();
      }
    }
    problem = error;
    lock.lock();
    try {
      if (position >= 0) {
        recordingIndex.enter(block, position);
      } else {
        recordingIndex.enterWithoutBytes(block, block.stored().length);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    worker.interrupt();
    worker.close();
  }
}
