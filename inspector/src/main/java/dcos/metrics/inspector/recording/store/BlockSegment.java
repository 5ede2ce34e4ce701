// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.store;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.Arrays;

/**
 * Some thousand consecutive blocks, which are dropped together when room is needed: their bytes are
 * in one file, and the facts about them in arrays. Guarded by the recording's lock.
 */
final class BlockSegment {
  private static final LedgerTerm[] TERMS = LedgerTerm.values();
  private static final int TERM_BITS =
      Integer.SIZE - Integer.numberOfLeadingZeros(LedgerTerm.values().length - 1);
  private static final int MAX_TERM = (1 << TERM_BITS) - 1;

  private static final int NONE = -1;

  final BlockStore file;
  final int firstBlock;
  final long firstRecord;

  private int blocks;
  private long records;
  private long storedBytes;
  private long sourceBytes;
  // A block i of this segment.
  private long[] ids = new long[16];
  private long[] positions = new long[16];
  private long[] offsets = new long[16];
  private long[] wallMs = new long[16];
  private long[] nanos = new long[16];
  private int[] lengths = new int[16];
  private int[] counts = new int[16];
  private long[] firsts = new long[16];
  private int[] blockSources = new int[16];
  private boolean[] damaged = new boolean[16];
  // The first and the last of the block's runs and the last of its parts, or NONE.
  private int[] firstDecision = new int[16];
  private int[] lastDecision = new int[16];
  private int[] lastRange = new int[16];
  // Runs: how many records, the topic and the term, the run behind it.
  private int[] decidedRecords = new int[16];
  private int[] decision = new int[16];
  private int[] nextDecision = new int[16];
  private int runs;
  // Parts of messages: from which record, how many, which message, the part before it.
  private int[] rangeFirst = new int[16];
  private int[] rangeRecords = new int[16];
  private int[] rangeDelivery = new int[16];
  private int[] previousRange = new int[16];
  private int ranges;

  BlockSegment(BlockStore file, int firstBlock, long firstRecord) {
    this.file = file;
    this.firstBlock = firstBlock;
    this.firstRecord = firstRecord;
  }

  int blocks() {
    return blocks;
  }

  long records() {
    return records;
  }

  long storedBytes() {
    return storedBytes;
  }

  long memoryBytes() {
    return 66L * ids.length + 12L * decidedRecords.length + 16L * rangeFirst.length + sourceBytes;
  }

  void addSourceBytes(long bytes) {
    sourceBytes += bytes;
  }

  /** Adds a block; its number is the segment's first plus those before it. */
  void add(Event.BlockReceived block, int source, long position, int length) {
    int i = blocks;
    if (i == ids.length) {
      growBlocks(2 * i);
    }
    ids[i] = block.block();
    positions[i] = position;
    offsets[i] = block.offset();
    wallMs[i] = block.at().wallMs();
    nanos[i] = block.at().nanos();
    lengths[i] = length;
    counts[i] = block.records();
    firsts[i] = firstRecord + records;
    blockSources[i] = source;
    firstDecision[i] = NONE;
    lastDecision[i] = NONE;
    lastRange[i] = NONE;
    blocks++;
    records += block.records();
    storedBytes += length;
  }

  void addDecision(int i, int topic, int term, int count) {
    int fate = topic << TERM_BITS | term;
    int last = lastDecision[i];
    if (last != NONE && decision[last] == fate) {
      decidedRecords[last] += count;
      return;
    }
    if (runs == decidedRecords.length) {
      decidedRecords = Arrays.copyOf(decidedRecords, 2 * runs);
      decision = Arrays.copyOf(decision, 2 * runs);
      nextDecision = Arrays.copyOf(nextDecision, 2 * runs);
    }
    decidedRecords[runs] = count;
    decision[runs] = fate;
    nextDecision[runs] = NONE;
    if (last == NONE) {
      firstDecision[i] = runs;
    } else {
      nextDecision[last] = runs;
    }
    lastDecision[i] = runs;
    runs++;
  }

  void addRange(int i, int first, int count, int delivery) {
    if (ranges == rangeFirst.length) {
      rangeFirst = Arrays.copyOf(rangeFirst, 2 * ranges);
      rangeRecords = Arrays.copyOf(rangeRecords, 2 * ranges);
      rangeDelivery = Arrays.copyOf(rangeDelivery, 2 * ranges);
      previousRange = Arrays.copyOf(previousRange, 2 * ranges);
    }
    rangeFirst[ranges] = first;
    rangeRecords[ranges] = count;
    rangeDelivery[ranges] = delivery;
    previousRange[ranges] = lastRange[i];
    lastRange[i] = ranges;
    ranges++;
  }

  void forEachDecision(BlockIndex.OutcomeRangeVisitor told) {
    for (int run = 0; run < runs; run++) {
      told.run(topicOf(run), TERMS[termOf(run)], decidedRecords[run]);
    }
  }

  void setDamaged(int i) {
    damaged[i] = true;
  }

  long id(int i) {
    return ids[i];
  }

  int source(int i) {
    return blockSources[i];
  }

  long wallMs(int i) {
    return wallMs[i];
  }

  /** The index of the block with this record. */
  int blockOf(long record) {
    int low = 0;
    int high = blocks - 1;
    // The last that begins there or before: one of no records begins where the next one does.
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firsts[middle] <= record) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The block as it is now. */
  BlockLocation block(int i) {
    return new BlockLocation(
        firstBlock + i,
        ids[i],
        blockSources[i],
        offsets[i],
        wallMs[i],
        nanos[i],
        counts[i],
        firsts[i],
        file,
        positions[i],
        lengths[i],
        damaged[i]);
  }

  private int topicOf(int run) {
    return decision[run] >> TERM_BITS;
  }

  private int termOf(int run) {
    return decision[run] & MAX_TERM;
  }

  /** What was decided of the block's records so far. */
  BlockOutcomes facts(int i) {
    var facts = new BlockOutcomes(counts[i]);
    int at = 0;
    for (int run = firstDecision[i]; run != NONE; run = nextDecision[run]) {
      int end = Math.min(counts[i], at + decidedRecords[run]);
      facts.setTerm(at, end, topicOf(run), termOf(run));
      at = end;
    }
    for (int range = lastRange[i]; range != NONE; range = previousRange[range]) {
      int from = Math.clamp(rangeFirst[range], 0, counts[i]);
      int to = (int) Math.min(counts[i], (long) from + rangeRecords[range]);
      facts.setDelivery(from, to, rangeDelivery[range]);
    }
    return facts;
  }

  private void growBlocks(int capacity) {
    ids = Arrays.copyOf(ids, capacity);
    positions = Arrays.copyOf(positions, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    wallMs = Arrays.copyOf(wallMs, capacity);
    nanos = Arrays.copyOf(nanos, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    counts = Arrays.copyOf(counts, capacity);
    firsts = Arrays.copyOf(firsts, capacity);
    blockSources = Arrays.copyOf(blockSources, capacity);
    damaged = Arrays.copyOf(damaged, capacity);
    firstDecision = Arrays.copyOf(firstDecision, capacity);
    lastDecision = Arrays.copyOf(lastDecision, capacity);
    lastRange = Arrays.copyOf(lastRange, capacity);
  }
}
