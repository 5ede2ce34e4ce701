// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.viewmodel;

import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param id under which its width and place are remembered
 * @param width at first, in pixels
 * @param <T> the table's rows
 */
public record Column<T>(String id, String title, double width, Content<T> content) {
  /** What a cell shows. */
  public sealed interface Content<T> {
    /** What a cell is copied and exported as. */
    String text(T row);
  }

  /**
   * Words, to the left.
   *
   * @param endTells whether their ends tell them apart: without room for all, they are cut in the
   *     middle
   */
  public record Words<T>(Function<T, String> of, boolean endTells) implements Content<T> {
    @Override
    public String text(T row) {
      return of.apply(row);
    }
  }

  /** A time, as wide as any other. */
  public record Moment<T>(Function<T, String> of) implements Content<T> {
    @Override
    public String text(T row) {
      return of.apply(row);
    }
  }

  /** A number as text, to the right. */
  public record Figure<T>(Function<T, String> of) implements Content<T> {
    @Override
    public String text(T row) {
      return of.apply(row);
    }
  }

  /** How something stands: words with a mark in the colour of its tone. */
  public record Status<T>(Function<T, String> of, Function<T, Tone> tone) implements Content<T> {
    @Override
    public String text(T row) {
      return of.apply(row);
    }
  }

  /** A line through the last values, oldest first; NaN is a gap. */
  public record Trend<T>(Function<T, double[]> of) implements Content<T> {
    @Override
    public String text(T row) {
      return "";
    }
  }

  /** Where the time went: the share of each part, and all of it as text. */
  public record Spans<T>(Function<T, double[]> of, Function<T, String> words)
      implements Content<T> {
    @Override
    public String text(T row) {
      return words.apply(row);
    }
  }

  public static <T> Column<T> words(String id, String title, double width, Function<T, String> of) {
    return new Column<>(id, title, width, new Words<>(of, false));
  }

  /** Of names that begin alike. */
  public static <T> Column<T> names(String id, String title, double width, Function<T, String> of) {
    return new Column<>(id, title, width, new Words<>(of, true));
  }

  public static <T> Column<T> moment(
      String id, String title, double width, Function<T, String> of) {
    return new Column<>(id, title, width, new Moment<>(of));
  }

  public static <T> Column<T> number(
      String id, String title, double width, Function<T, String> of) {
    return new Column<>(id, title, width, new Figure<>(of));
  }
}
