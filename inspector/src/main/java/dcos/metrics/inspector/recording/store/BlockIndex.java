// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.store;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Every block that is kept: bytes on disk, a few dozen bytes of memory each. Records are addressed
 * by their number in the order of arrival; the oldest go, with whole segments, when room on disk or
 * in memory runs out. Guarded by the recording's lock.
 */
public final class BlockIndex implements AutoCloseable {
  private static final int SEGMENTS = 32;
  private static final int MEMORY_SEGMENTS = 8;
  private static final long MAX_SEGMENT_BYTES = 64L << 20;
  private static final int MAX_SEGMENT_BLOCKS = 1 << 15;

  private final Path folder;
  private final long diskLimit;
  private final long memoryLimit;
  private final List<BlockSegment> segments = new ArrayList<>();
  private final IdMap numbers = new IdMap();
  private final List<BlockStore> dropped = new ArrayList<>();
  private int nextBlock;
  private long nextRecord;
  private long diskBytes;
  private long memoryBytes;
  private long droppedRecords;
  private int files;

  /**
   * Makes no file yet.
   *
   * @param folder for the files of the ring
   * @param diskLimit bytes of blocks in them
   * @param memoryLimit bytes of memory for where they are
   */
  public BlockIndex(Path folder, long diskLimit, long memoryLimit) {
    this.folder = folder;
    this.diskLimit = diskLimit;
    this.memoryLimit = memoryLimit;
  }

  /**
   * The file that the next block's bytes are to be appended to, so many; drops the oldest to have
   * room.
   *
   * @return null if the block alone is more than all the room there is
   */
  public @Nullable BlockFile room(int length) throws IOException {
    if (length > diskLimit) {
      return null;
    }
    BlockSegment last = segments.isEmpty() ? null : segments.getLast();
    long segmentLimit = Math.clamp(diskLimit / SEGMENTS, 1, MAX_SEGMENT_BYTES);
    BlockFile ring = last != null && last.file instanceof BlockFile bytes ? bytes : null;
    boolean full =
        last == null
            || ring == null
            || isFull(last)
            || (last.blocks() > 0 && ring.length() + length > segmentLimit);
    while (!segments.isEmpty() && diskBytes + length > diskLimit) {
      full |= segments.size() == 1;
      dropOldest();
    }
    if (full || ring == null) {
      files++;
      BlockFile file = BlockFile.create(folder.resolve("blocks-%06d".formatted(files)));
      begin(file);
      return file;
    }
    return ring;
  }

  /** Adds a block whose bytes were appended to the file that there was room in. */
  public void add(Event.BlockReceived block, int source, long at) {
    int length = block.stored().length;
    diskBytes += length;
    add(segments.getLast(), block, source, at, length);
  }

  /** The files that were dropped since this was last asked; to be closed. */
  public List<BlockStore> takeDropped() {
    List<BlockStore> files = List.copyOf(dropped);
    dropped.clear();
    return files;
  }

  /** Adds a block of a file that stays where it is; {@code at} is what the file knows it by. */
  @SuppressWarnings("ReferenceEquality") // the same file, not an equal one
  public void point(BlockStore file, Event.BlockReceived block, int source, long at, int length) {
    BlockSegment last = segments.isEmpty() ? null : segments.getLast();
    if (last == null || last.file != file || isFull(last)) {
      begin(file);
    }
    add(segments.getLast(), block, source, at, length);
  }

  private boolean isFull(BlockSegment segment) {
    return segment.blocks() >= MAX_SEGMENT_BLOCKS
        || segment.memoryBytes() > memoryLimit / MEMORY_SEGMENTS;
  }

  private void begin(BlockStore file) {
    var segment = new BlockSegment(file, nextBlock, nextRecord);
    segments.add(segment);
    memoryBytes += segment.memoryBytes();
  }

  private void add(BlockSegment to, Event.BlockReceived block, int source, long at, int length) {
    long before = to.memoryBytes();
    to.add(block, source, at, length);
    memoryBytes += to.memoryBytes() - before;
    numbers.put(block.block(), nextBlock);
    nextBlock++;
    nextRecord += block.records();
    dropWhatMemoryHasNoRoomFor();
  }

  private void dropWhatMemoryHasNoRoomFor() {
    while (segments.size() > 1 && memoryBytes() > memoryLimit) {
      dropOldest();
    }
  }

  /** Counts what sources take, which goes with the blocks that came at the same time. */
  public void addSourceBytes(long bytes) {
    if (!segments.isEmpty()) {
      segments.getLast().addSourceBytes(bytes);
      memoryBytes += bytes;
    }
  }

  /** Says what was decided of the next records; of a block that went, nothing. */
  public void addDecision(long id, int topic, LedgerTerm term, int records) {
    int number = numbers.get(id);
    BlockSegment segment = number == IdMap.NONE ? null : segmentOfBlock(number);
    if (segment != null) {
      long before = segment.memoryBytes();
      segment.addDecision(number - segment.firstBlock, topic, term.ordinal(), records);
      memoryBytes += segment.memoryBytes() - before;
    }
  }

  /** Says which message records went into; answers their block's number, or {@link IdMap#NONE}. */
  public int addRange(RecordRange range, int delivery) {
    int number = numbers.get(range.block());
    BlockSegment segment = number == IdMap.NONE ? null : segmentOfBlock(number);
    if (segment == null) {
      return IdMap.NONE;
    }
    long before = segment.memoryBytes();
    segment.addRange(number - segment.firstBlock, range.first(), range.records(), delivery);
    memoryBytes += segment.memoryBytes() - before;
    return number;
  }

  /** The number of a block by the pipeline's id, or {@link IdMap#NONE}. */
  public int numberOf(long id) {
    return numbers.get(id);
  }

  /** The block with this number; null if it went, or is still to come. */
  public @Nullable BlockLocation block(int number) {
    BlockSegment segment = segmentOfBlock(number);
    return segment == null ? null : segment.block(number - segment.firstBlock);
  }

  /** What was decided of its records; null as {@link #block}. */
  public @Nullable BlockOutcomes facts(int number) {
    BlockSegment segment = segmentOfBlock(number);
    return segment == null ? null : segment.facts(number - segment.firstBlock);
  }

  /** Told of records of one topic that follow one another and went to the same term first. */
  @FunctionalInterface
  public interface OutcomeRangeVisitor {
    void run(int topic, LedgerTerm term, int records);
  }

  /** Of all blocks that are kept, in no order. */
  public void forEachDecision(OutcomeRangeVisitor told) {
    segments.forEach(segment -> segment.forEachDecision(told));
  }

  /** Says of a block that it does not hold what it says. */
  public void setDamaged(int number) {
    BlockSegment segment = segmentOfBlock(number);
    if (segment != null) {
      segment.setDamaged(number - segment.firstBlock);
    }
  }

  /** The block with this record; null if it went, or is still to come. */
  public @Nullable BlockLocation blockOfRecord(long record) {
    if (record < firstRecord() || record >= nextRecord) {
      return null;
    }
    BlockSegment segment = segmentWith(record, each -> each.firstRecord);
    return segment.block(segment.blockOf(record));
  }

  /** The first block that came at a time or later, or the one behind the last. */
  public int firstBlockAt(long wallMs) {
    int low = firstBlock();
    int high = nextBlock;
    while (low < high) {
      int middle = (low + high) >>> 1;
      BlockSegment segment = segmentOfBlock(middle);
      if (segment != null && segment.wallMs(middle - segment.firstBlock) < wallMs) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The blocks of a source, in their order. */
  public List<BlockLocation> blocksOf(int source, int from, int count) {
    List<BlockLocation> found = new ArrayList<>();
    int skip = from;
    for (BlockSegment segment : segments) {
      for (int i = 0; i < segment.blocks() && found.size() < count; i++) {
        if (segment.source(i) == source && skip-- <= 0) {
          found.add(segment.block(i));
        }
      }
    }
    return found;
  }

  /** How many blocks of a source are kept. */
  public int countOf(int source) {
    int count = 0;
    for (BlockSegment segment : segments) {
      for (int i = 0; i < segment.blocks(); i++) {
        if (segment.source(i) == source) {
          count++;
        }
      }
    }
    return count;
  }

  /** The number of the oldest block that is kept. */
  public int firstBlock() {
    return segments.isEmpty() ? nextBlock : segments.getFirst().firstBlock;
  }

  /** The number that the next block gets. */
  public int nextBlock() {
    return nextBlock;
  }

  /** The number of the oldest record that is kept. */
  public long firstRecord() {
    return segments.isEmpty() ? nextRecord : segments.getFirst().firstRecord;
  }

  /** The number that the next record gets. */
  public long nextRecord() {
    return nextRecord;
  }

  /** Bytes of the ring. */
  public long diskBytes() {
    return diskBytes;
  }

  /** What the index takes. */
  public long memoryBytes() {
    return memoryBytes + numbers.memoryBytes();
  }

  /** Records whose bytes went. */
  public long droppedRecords() {
    return droppedRecords;
  }

  @Override
  public void close() {
    segments.stream().map(segment -> segment.file).distinct().forEach(BlockStore::close);
    segments.clear();
    takeDropped().forEach(BlockStore::close);
  }

  private void dropOldest() {
    BlockSegment oldest = segments.removeFirst();
    for (int i = 0; i < oldest.blocks(); i++) {
      numbers.remove(oldest.id(i), oldest.firstBlock + i);
    }
    droppedRecords += oldest.records();
    memoryBytes -= oldest.memoryBytes();
    if (oldest.file.isTemporary()) {
      diskBytes -= oldest.storedBytes();
      dropped.add(oldest.file);
    }
  }

  private @Nullable BlockSegment segmentOfBlock(int number) {
    if (number < firstBlock() || number >= nextBlock) {
      return null;
    }
    return segmentWith(number, segment -> segment.firstBlock);
  }

  /** The last segment that begins at a number or before; there is one. */
  private BlockSegment segmentWith(long number, ToLongFunction<BlockSegment> first) {
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (first.applyAsLong(segments.get(middle)) <= number) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return segments.get(low);
  }
}
