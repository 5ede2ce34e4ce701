// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which records, or messages, match, a bit each, so that however many there are they take little;
 * counted by pages, so that any of them is found fast. Thread-safe.
 */
final class MatchBitmap {
  private static final int PAGE_BITS = 14;
  private static final int PAGE = 1 << PAGE_BITS;

  // All guarded by this. Page i is of the records from (firstPage + i) * PAGE on; null has none.
  private final List<long @Nullable []> pages = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();
  private long firstPage;
  private long count;

  /** Says of records that follow one another which of them match; whatever was said before. */
  synchronized void set(long first, int records, BitSet matching) {
    for (int i = 0; i < records; i++) {
      set(first + i, matching.get(i));
    }
  }

  /** Says of one whether it matches, whatever was said before. */
  synchronized void set(long record, boolean matches) {
    if (pages.isEmpty()) {
      firstPage = record >>> PAGE_BITS;
    }
    long wanted = (record >>> PAGE_BITS) - firstPage;
    if (wanted < 0) {
      return; // dropped meanwhile
    }
    while (pages.size() <= wanted) {
      pages.add(null);
      counts.add(0);
    }
    int page = (int) wanted;
    long[] bits = pages.get(page);
    if (bits == null) {
      if (!matches) {
        return;
      }
      bits = new long[PAGE / Long.SIZE];
      pages.set(page, bits);
    }
    int at = (int) (record & (PAGE - 1));
    boolean before = (bits[at >>> 6] >>> at & 1) != 0;
    if (before != matches) {
      bits[at >>> 6] ^= 1L << at;
      counts.set(page, counts.get(page) + (matches ? 1 : -1));
      count += matches ? 1 : -1;
    }
  }

  /** Whether this record matches. */
  synchronized boolean has(long record) {
    long page = (record >>> PAGE_BITS) - firstPage;
    long[] bits = page < 0 || page >= pages.size() ? null : pages.get((int) page);
    int at = (int) (record & (PAGE - 1));
    return bits != null && (bits[at >>> 6] >>> at & 1) != 0;
  }

  /** Whether one of so many records from this one on matches. */
  synchronized boolean hasAny(long first, int records) {
    for (int i = 0; i < records; i++) {
      if (has(first + i)) {
        return true;
      }
    }
    return false;
  }

  /** Forgets the records before this one, as far as whole pages go. */
  synchronized void dropBefore(long record) {
    while (!pages.isEmpty() && (firstPage + 1) << PAGE_BITS <= record) {
      pages.removeFirst();
      count -= counts.removeFirst();
      firstPage++;
    }
  }

  synchronized long count() {
    return count;
  }

  /** At most so many of the matching records' numbers, from the one at this place on. */
  synchronized long[] numbers(long from, int most) {
    int size = Math.clamp(count - from, 0, most);
    long[] found = new long[size];
    int next = 0;
    long skip = from;
    for (int page = 0; page < pages.size() && next < size; page++) {
      long[] bits = pages.get(page);
      if (bits == null || skip >= counts.get(page)) {
        skip -= counts.get(page);
        continue;
      }
      long first = (firstPage + page) << PAGE_BITS;
      for (int word = 0; word < bits.length && next < size; word++) {
        int inWord = Long.bitCount(bits[word]);
        if (skip >= inWord) {
          skip -= inWord;
          continue;
        }
        for (long left = bits[word]; left != 0 && next < size; left &= left - 1) {
          if (skip > 0) {
            skip--;
          } else {
            found[next] = first + (word << 6) + Long.numberOfTrailingZeros(left);
            next++;
          }
        }
      }
    }
    return found;
  }

  /** How many matching records come before this one: its place, if it matches. */
  synchronized long placeOf(long record) {
    long place = 0;
    for (int page = 0; page < pages.size(); page++) {
      long first = (firstPage + page) << PAGE_BITS;
      if (first + PAGE <= record) {
        place += counts.get(page);
        continue;
      }
      long[] bits = pages.get(page);
      for (int at = 0; bits != null && at < PAGE && first + at < record; at++) {
        place += bits[at >>> 6] >>> at & 1;
      }
      break;
    }
    return place;
  }
}
