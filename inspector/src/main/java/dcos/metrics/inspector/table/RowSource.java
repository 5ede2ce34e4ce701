// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.table;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A list of any length that is read a page at a time. Called on the FX thread, several times a
 * second: an answer takes a few milliseconds at most, and comes from memory or from a page that the
 * system holds. The list may grow between two calls, on other threads.
 *
 * @param <T> a row, immutable
 */
public interface RowSource<T> {
  /**
   * How many there are now. Never less than before, unless the list is cleared or filtered, or
   * pending rows go.
   */
  long count();

  /** How many of them, the last, are none for good yet: they may go, or become others. */
  default long pending() {
    return 0;
  }

  /** The rows from one on, at most so many; fewer at the end, none past it. */
  List<T> range(long from, int n);

  /** Reads a page of a list. */
  @FunctionalInterface
  interface PageReader<T> {
    /** At most {@code most} items, from the one at a place on. */
    List<T> read(long from, int most);
  }

  /** Rows that are made of the items of another list. */
  static <T, R> RowSource<R> of(LongSupplier count, PageReader<T> page, Function<T, R> row) {
    return new RowSource<>() {
      @Override
      public long count() {
        return count.getAsLong();
      }

      @Override
      public List<R> range(long from, int n) {
        return page.read(from, n).stream().map(row).toList();
      }
    };
  }

  /** No rows at all. */
  static <T> RowSource<T> none() {
    return new RowSource<>() {
      @Override
      public long count() {
        return 0;
      }

      @Override
      public List<T> range(long from, int n) {
        return List.of();
      }
    };
  }
}
