// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import java.util.Arrays;
import java.util.List;

/**
 * Records of several blocks, possibly of several sources, of one topic. Grows until its array
 * becomes part of a message, guarded by its owner until then; immutable and thread-safe afterwards.
 * Kept in plain arrays: with blocks of a few records there is an entry for every few hundred bytes.
 */
public final class BufferRecordOrigin implements RecordOrigin {
  // A reference and a long.
  private static final int SOURCE_BYTES = 12;
  // Two longs.
  private static final int RANGE_BYTES = 16;
  private static final int MIN_GROWTH = 4;
  private static final int GROWTH_SHARE = 8;

  private final Account account;
  private final boolean traced;
  // The source of each sequence of records that share it, and of each how many records in the
  // upper, how many bytes in the lower half.
  private Source[] sources = new Source[1];
  private long[] sums = new long[1];
  private int sequences;
  private int total;
  // Of each range its block, then its first record in the upper, how many in the lower half.
  private long[] ranges = {};
  private int rangeLongs;

  /**
   * Of no records yet.
   *
   * @param like whose topic's row in the ledger all records count in; if it is traced, the blocks
   *     of all records are remembered
   */
  public BufferRecordOrigin(BlockRecordOrigin like) {
    this.account = like.account();
    this.traced = like.isTraced();
  }

  /** Whether records of this origin may be added here. */
  public boolean accepts(BlockRecordOrigin other) {
    return traced == other.isTraced() && account.hasTopicOf(other.account());
  }

  /** How much memory adding these records takes, in bytes: 0 where there is room. */
  public long growthFor(BlockRecordOrigin from, int first, int records) {
    int moreSequences = isLast(from.account().source()) ? 0 : 1;
    long sourceBytes =
        (long) (capacity(sources.length, sequences + moreSequences) - sources.length)
            * SOURCE_BYTES;
    if (!traced) {
      return sourceBytes;
    }
    int room = ranges.length / 2;
    int wanted = capacity(room, rangeLongs / 2 + from.ranges(first, records));
    return sourceBytes + (long) (wanted - room) * RANGE_BYTES;
  }

  /** How much memory a new origin takes for these records beside its objects, in bytes. */
  public static long bytesFor(BlockRecordOrigin from, int first, int records) {
    return from.isTraced() ? (long) capacity(0, from.ranges(first, records)) * RANGE_BYTES : 0;
  }

  /**
   * Adds records that follow those of before.
   *
   * @param first how many records of {@code from} come before {@code records}
   */
  public void add(BlockRecordOrigin from, int first, RecordBlock records) {
    Source source = from.account().source();
    if (!isLast(source)) {
      int capacity = capacity(sources.length, sequences + 1);
      if (capacity > sources.length) {
        sources = Arrays.copyOf(sources, capacity);
        sums = Arrays.copyOf(sums, capacity);
      }
      sources[sequences] = source;
      sequences++;
    }
    sums[sequences - 1] += packed(records.records(), records.length());
    total += records.records();
    if (traced) {
      int capacity =
          capacity(ranges.length / 2, rangeLongs / 2 + from.ranges(first, records.records()));
      if (2 * capacity > ranges.length) {
        ranges = Arrays.copyOf(ranges, 2 * capacity);
      }
      from.forEachRange(first, records.records(), (at, count) -> addRange(from.block(), at, count));
    }
  }

  @Override
  public void addRanges(int first, int records, List<RecordRange> to) {
    int skip = first;
    int left = records;
    for (int i = 0; i < rangeLongs && left > 0; i += 2) {
      int count = lower(ranges[i + 1]);
      if (skip >= count) {
        skip -= count;
      } else {
        int taken = Math.min(count - skip, left);
        to.add(new RecordRange(ranges[i], upper(ranges[i + 1]) + skip, taken));
        left -= taken;
        skip = 0;
      }
    }
  }

  @Override
  public void addPostings(int first, RecordBlock records, List<Ledger.Posting> to) {
    // A message that was split shares the array with another: its records have to be measured.
    boolean all = records.records() == total;
    RecordCursor cursor = records.cursor();
    int skip = first;
    int left = records.records();
    for (int i = 0; i < sequences && left > 0; i++) {
      int count = upper(sums[i]);
      if (skip >= count) {
        skip -= count;
        continue;
      }
      int taken = Math.min(count - skip, left);
      int bytes = all ? lower(sums[i]) : length(cursor, taken);
      to.add(new Ledger.Posting(account.with(sources[i]), taken, bytes));
      left -= taken;
      skip = 0;
    }
  }

  private boolean isLast(Source source) {
    return sequences > 0 && sources[sequences - 1] == source;
  }

  private void addRange(long block, int first, int records) {
    ranges[rangeLongs++] = block;
    ranges[rangeLongs++] = packed(first, records);
  }

  private static int length(RecordCursor cursor, int records) {
    int from = cursor.end();
    for (int i = 0; i < records && cursor.next(); i++) {
      // Only the end of the last one counts.
    }
    return cursor.end() - from;
  }

  /** Room for this many entries: what there is, or an eighth more than needed. */
  private static int capacity(int room, int needed) {
    return needed <= room ? room : needed + Math.max(MIN_GROWTH, needed / GROWTH_SHARE);
  }

  private static long packed(int upper, int lower) {
    return (long) upper << Integer.SIZE | lower;
  }

  private static int upper(long packed) {
    return (int) (packed >>> Integer.SIZE);
  }

  private static int lower(long packed) {
    return (int) packed;
  }
}
