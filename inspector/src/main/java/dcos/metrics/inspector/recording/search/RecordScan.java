// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.search;

import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.recording.decode.DecodedBlock;
import dcos.metrics.inspector.recording.decode.RecordReader;
import dcos.metrics.inspector.recording.index.RecordingIndex;
import dcos.metrics.inspector.recording.state.TracedRecord;
import dcos.metrics.inspector.recording.store.BlockLocation;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the blocks that there were when it began, from the oldest on, and over the records of
 * each that are wanted. Holds one block at a time, however large the recording is. On one thread,
 * while others write.
 */
public final class RecordScan {
  private final SearchQuery query;
  private final ReentrantLock lock;
  // Guarded by lock.
  private final RecordingIndex recordingIndex;
  private final RecordReader reader;
  private final int firstBlock;
  private final int endBlock;
  private final long endRecord;
  private int nextBlock;
  private long nextRecord;
  private long dropped;
  private RecordReader.@Nullable IndexedRange run;
  private @Nullable DecodedBlock decoded;
  // Of the block's records; null where all match.
  private @Nullable BitSet matching;
  private int at;

  /** Begins before the first record. */
  public RecordScan(SearchQuery query, RecordingIndex recordingIndex, RecordReader reader) {
    this.query = query;
    this.lock = recordingIndex.lock();
    this.recordingIndex = recordingIndex;
    this.reader = reader;
    lock.lock();
    try {
      int kept = recordingIndex.index().firstBlock();
      firstBlock = recordingIndex.index().firstBlockAt(query.timeRange().fromMs());
      endBlock = recordingIndex.index().firstBlockAt(query.timeRange().toMs());
      // Where the span begins with dropped records, those count.
      nextRecord = firstBlock > kept ? firstRecord(firstBlock) : 0;
      endRecord = firstRecord(endBlock);
    } finally {
      lock.unlock();
    }
    nextBlock = firstBlock;
  }

  /** With the lock held. */
  private long firstRecord(int number) {
    BlockLocation block = recordingIndex.index().block(number);
    return block == null ? recordingIndex.index().nextRecord() : block.firstRecord();
  }

  /** Goes to the next block that is kept, before its first record; false behind the last. */
  public boolean nextBlock() {
    run = null;
    while (nextBlock < endBlock) {
      lock.lock();
      try {
        nextBlock = Math.max(nextBlock, recordingIndex.index().firstBlock());
      } finally {
        lock.unlock();
      }
      RecordReader.IndexedRange found = nextBlock < endBlock ? reader.block(nextBlock) : null;
      if (found != null) {
        BlockLocation block = found.block();
        nextBlock++;
        dropped += block.firstRecord() - nextRecord;
        nextRecord = block.firstRecord() + block.records();
        DecodedBlock read = DecodedBlock.read(block, found.decoder());
        run = found;
        decoded = read;
        matching = query.filter().equals(Filter.ALL) ? null : matching(found, read);
        at = -1;
        return true;
      }
    }
    dropped += endRecord - nextRecord;
    nextRecord = endRecord;
    return false;
  }

  /** Goes to the next record of the block that matches; false behind the last. */
  public boolean next() {
    if (run == null) {
      return false;
    }
    at = matching == null ? at + 1 : matching.nextSetBit(at + 1);
    if (at < 0 || at >= run.fates().size()) {
      run = null;
    }
    return run != null;
  }

  /** The record that it is at. */
  public TracedRecord record() {
    RecordReader.IndexedRange here = run;
    DecodedBlock block = decoded;
    if (here == null || block == null) {
      throw new IllegalStateException("it is not at a record");
    }
    return RecordReader.traced(here, block, at);
  }

  /** How much of what there was it has gone over, 0 to 1. */
  public double progress() {
    int all = endBlock - firstBlock;
    return all == 0 ? 1 : Math.clamp((nextBlock - firstBlock) / (double) all, 0, 1);
  }

  /** How many records were not there any more when it came to them. */
  public long dropped() {
    return dropped;
  }

  /** A block that cannot be read whole matches nothing. */
  private BitSet matching(RecordReader.IndexedRange found, DecodedBlock read) {
    var matches = new BitSet();
    int records = read.records();
    if (records > 0 && read.problem().isEmpty() && !found.block().damaged()) {
      var cursor = new RecordCursor(read.bytes(), read.start(0), read.end(records - 1));
      var searched = new SearchedRecord(found, read.bytes(), cursor);
      while (searched.next()) {
        matches.set(searched.record(), query.filter().matches(searched.subject()));
      }
    }
    return matches;
  }
}
