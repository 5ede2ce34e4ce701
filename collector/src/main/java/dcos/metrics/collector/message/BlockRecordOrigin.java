// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of one block, so of one source. Immutable. */
public final class BlockRecordOrigin implements RecordOrigin {
  private static final int[] UNKNOWN = {};

  private final Account account;
  private final long block;
  // The number in the block of each record, rising; null if the records are the whole block; empty
  // if no listener was attached when they arrived.
  private final int @Nullable [] places;

  private BlockRecordOrigin(Account account, long block, int @Nullable [] places) {
    this.account = account;
    this.block = block;
    this.places = places;
  }

  /** All records of a block. */
  public static BlockRecordOrigin whole(Account account, long block) {
    return new BlockRecordOrigin(account, block, null);
  }

  /**
   * Some records of a block.
   *
   * @param places the number in the block of each record, from 0, rising; must not be changed
   */
  public static BlockRecordOrigin some(Account account, long block, int[] places) {
    return new BlockRecordOrigin(account, block, places);
  }

  /** Some records of a block that need not be told apart, because no listener is attached. */
  public static BlockRecordOrigin untraced(Account account, long block) {
    return new BlockRecordOrigin(account, block, UNKNOWN);
  }

  public Account account() {
    return account;
  }

  /** Whether {@link #addRanges} knows the records. */
  public boolean isTraced() {
    return places == null || places.length > 0;
  }

  /** How many parts {@link #addRanges} would add. */
  public int ranges(int first, int records) {
    int[] known = places;
    if (known == null) {
      return 1;
    }
    int end = Math.min(first + records, known.length);
    int ranges = 0;
    for (int i = first; i < end; i++) {
      if (i == first || known[i] != known[i - 1] + 1) {
        ranges++;
      }
    }
    return ranges;
  }

  @Override
  public void addRanges(int first, int records, List<RecordRange> to) {
    forEachRange(first, records, (at, count) -> to.add(new RecordRange(block, at, count)));
  }

  @Override
  public void addPostings(int first, RecordBlock records, List<Ledger.Posting> to) {
    to.add(new Ledger.Posting(account, records.records(), records.length()));
  }

  /** Calls {@code range} for each sequence of records that follow one another in the block. */
  void forEachRange(int first, int records, RangeConsumer range) {
    int[] known = places;
    if (known == null) {
      range.accept(first, records);
      return;
    }
    int from = first;
    int end = Math.min(first + records, known.length);
    while (from < end) {
      int next = from + 1;
      while (next < end && known[next] == known[next - 1] + 1) {
        next++;
      }
      range.accept(known[from], next - from);
      from = next;
    }
  }

  long block() {
    return block;
  }

  /** Takes records of a block that follow one another. */
  @FunctionalInterface
  interface RangeConsumer {
    void accept(int first, int records);
  }

  @Override
  public String toString() {
    return "block " + block + (places == null ? "" : " records " + Arrays.toString(places));
  }
}
