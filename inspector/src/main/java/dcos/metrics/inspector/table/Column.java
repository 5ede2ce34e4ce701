// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.table;

import dcos.metrics.inspector.format.StatusTone;
import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param id under which its width and place are remembered
 * @param width at first, in pixels
 * @param <T> the table's rows
 */
public record Column<T>(String id, String title, double width, CellContent<T> content) {
  /** What a cell shows. */
  public sealed interface CellContent<T> {
    /** What a cell is copied and exported as. */
    String text(T row);
  }

  /**
   * Words, to the left.
   *
   * @param endTells whether their ends tell them apart: without room for all, they are cut in the
   *     middle
   */
  public record TextContent<T>(Function<T, String> of, boolean endTells) implements CellContent<T> {
    @Override
    public String text(T row) {
      return of.apply(row);
    }
  }

  /** A time, as wide as any other. */
  public record TimeContent<T>(Function<T, String> of) implements CellContent<T> {
    @Override
    public String text(T row) {
      return of.apply(row);
    }
  }

  /** A number as text, to the right. */
  public record NumberContent<T>(Function<T, String> of) implements CellContent<T> {
    @Override
    public String text(T row) {
      return of.apply(row);
    }
  }

  /** How something stands: words with a mark in the colour of its tone. */
  public record StatusContent<T>(Function<T, String> of, Function<T, StatusTone> tone)
      implements CellContent<T> {
    @Override
    public String text(T row) {
      return of.apply(row);
    }
  }

  /** A line through the last values, oldest first; NaN is a gap. */
  public record TrendContent<T>(Function<T, double[]> of) implements CellContent<T> {
    @Override
    public String text(T row) {
      return "";
    }
  }

  /** Where the time went: the share of each part, and all of it as text. */
  public record DurationContent<T>(Function<T, double[]> of, Function<T, String> words)
      implements CellContent<T> {
    @Override
    public String text(T row) {
      return words.apply(row);
    }
  }

  public static <T> Column<T> words(String id, String title, double width, Function<T, String> of) {
    return new Column<>(id, title, width, new TextContent<>(of, false));
  }

  /** Of names that begin alike. */
  public static <T> Column<T> names(String id, String title, double width, Function<T, String> of) {
    return new Column<>(id, title, width, new TextContent<>(of, true));
  }

  public static <T> Column<T> instant(
      String id, String title, double width, Function<T, String> of) {
    return new Column<>(id, title, width, new TimeContent<>(of));
  }

  public static <T> Column<T> number(
      String id, String title, double width, Function<T, String> of) {
    return new Column<>(id, title, width, new NumberContent<>(of));
  }
}
