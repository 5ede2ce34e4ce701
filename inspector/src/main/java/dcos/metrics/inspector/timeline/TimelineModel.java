// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.timeline;

import dcos.metrics.inspector.format.DisplayFormat;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The rate over the whole recording, and the span of it that every view is limited to. */
public final class TimelineModel {
  /**
   * The rate over equal parts of a time.
   *
   * @param fromMillis when the first part begins, since 1970
   * @param toMillis when the last part ends
   * @param rates records a second in each part
   * @param errors what went wrong in each part, as many
   */
  @SuppressWarnings("ArrayRecordComponent") // thousands of them, never compared nor written to
  public record TimelineRates(long fromMillis, long toMillis, double[] rates, int[] errors) {
    public TimelineRates {
      if (fromMillis > toMillis || rates.length != errors.length) {
        throw new IllegalArgumentException(
            "from %d to %d, %d rates, %d errors"
                .formatted(fromMillis, toMillis, rates.length, errors.length));
      }
    }

    public static TimelineRates none() {
      return new TimelineRates(0, 0, new double[0], new int[0]);
    }
  }

  /** A time, from one instant until another, in milliseconds since 1970. */
  public record TimelineRange(long fromMillis, long toMillis) {}

  /**
   * An instant that was marked.
   *
   * @param number from 1, in the order in which they were put
   */
  public record TimeMark(int number, long millis) {
    @Override
    public String toString() {
      return "Mark " + number + ", " + DisplayFormat.time(millis);
    }
  }

  /** More are not kept: the oldest goes. */
  public static final int MAX_MARKS = 100;

  private static final double STEP = 0.01;

  private final ObjectProperty<TimelineRates> rates =
      new SimpleObjectProperty<>(TimelineRates.none());
  private final ObjectProperty<@Nullable TimelineRange> brush = new SimpleObjectProperty<>();
  private final ReadOnlyObjectWrapper<@Nullable Long> pointed = new ReadOnlyObjectWrapper<>();
  private final ObjectProperty<@Nullable Long> hiddenBefore = new SimpleObjectProperty<>();
  private final ObservableList<TimeMark> marks = FXCollections.observableArrayList();
  // Kept: such a view listens weakly, and would be collected with its listeners.
  private final ObservableList<TimeMark> marksView =
      FXCollections.unmodifiableObservableList(marks);
  private int marksPut;
  // Where the brush began that is being extended by steps; null while none is.
  private @Nullable Long stepsFrom;

  /** Set by whoever counts. */
  public ObjectProperty<TimelineRates> ratesProperty() {
    return rates;
  }

  /** Null limits nothing. */
  public ObjectProperty<@Nullable TimelineRange> brushProperty() {
    return brush;
  }

  /** The time that is pointed at, in milliseconds since 1970; null while none is. */
  public ReadOnlyObjectProperty<@Nullable Long> pointedProperty() {
    return pointed.getReadOnlyProperty();
  }

  /** What came before this time is hidden, since the view was cleared; null hides nothing. */
  public ObjectProperty<@Nullable Long> hiddenBeforeProperty() {
    return hiddenBefore;
  }

  /** What limits every view: the brush, while there is one, is asked for more exactly. */
  public Optional<TimelineRange> limit() {
    TimelineRange brushed = brush.get();
    Long from = hiddenBefore.get();
    if (brushed == null && from != null) {
      return Optional.of(new TimelineRange(from, Long.MAX_VALUE));
    }
    return Optional.ofNullable(brushed);
  }

  /** In the order in which they were put. */
  public ObservableList<TimeMark> marks() {
    return marksView;
  }

  /** Puts a mark at a time. */
  public TimeMark mark(long millis) {
    var mark = new TimeMark(++marksPut, millis);
    if (marks.size() == MAX_MARKS) {
      marks.removeFirst();
    }
    marks.add(mark);
    return mark;
  }

  /** The marks that stand within so much of a place, each 0 to 1 of the strip. */
  public List<TimeMark> marksAt(double place, double within) {
    return marks.stream().filter(mark -> Math.abs(place(mark.millis()) - place) <= within).toList();
  }

  /** Another recording: no brush, nothing hidden, no marks. */
  public void reset() {
    hiddenBefore.set(null);
    brush.set(null);
    pointNowhere();
    marks.clear();
    marksPut = 0;
  }

  /** Limits to what lies between two places, each 0 to 1 of the strip; next to nothing is none. */
  public void brush(double one, double other) {
    TimelineRates shown = rates.get();
    long all = shown.toMillis() - shown.fromMillis();
    double from = Math.clamp(Math.min(one, other), 0, 1);
    double to = Math.clamp(Math.max(one, other), 0, 1);
    brush.set(
        all == 0 || to - from < 0.005
            ? null
            : new TimelineRange(
                shown.fromMillis() + Math.round(from * all),
                shown.fromMillis() + Math.round(to * all)));
  }

  /** Points at the time of a place, 0 to 1 of the strip. */
  public void point(double place) {
    TimelineRates shown = rates.get();
    long all = shown.toMillis() - shown.fromMillis();
    stepsFrom = null;
    pointed.set(all == 0 ? null : shown.fromMillis() + Math.round(Math.clamp(place, 0, 1) * all));
  }

  /** Points at no time any more. */
  public void pointNowhere() {
    stepsFrom = null;
    pointed.set(null);
  }

  /**
   * Points at a time a step later, or earlier below 0; at first at the newest.
   *
   * @param brushes whether every view is limited to what lies between there and where the steps
   *     that do so began
   */
  public void step(int direction, boolean brushes) {
    Long before = pointed.get();
    if (before == null) {
      point(1);
      return;
    }
    Long from = stepsFrom == null ? before : stepsFrom;
    point(place(before) + direction * STEP);
    Long now = pointed.get();
    if (brushes && now != null) {
      stepsFrom = from;
      brush(place(from), place(now));
    }
  }

  /** Where a time stands on the strip, 0 to 1. */
  public double place(long millis) {
    TimelineRates shown = rates.get();
    long all = shown.toMillis() - shown.fromMillis();
    return all == 0 ? 0 : Math.clamp((double) (millis - shown.fromMillis()) / all, 0, 1);
  }

  /**
   * The part of the time around a place in which something went wrong; empty if nothing did.
   *
   * @param place 0 to 1 of the strip
   * @param within how far from there, as much of the strip
   */
  public Optional<TimelineRange> errorsAt(double place, double within) {
    TimelineRates shown = rates.get();
    int last = shown.errors().length - 1;
    long part = last < 0 ? 0 : (shown.toMillis() - shown.fromMillis()) / (last + 1);
    int from = (int) Math.max(0, Math.ceil((place - within) * last));
    int to = (int) Math.min(last, Math.floor((place + within) * last));
    int first = -1;
    int end = -1;
    for (int i = from; i <= to; i++) {
      if (shown.errors()[i] > 0) {
        first = first < 0 ? i : first;
        end = i + 1;
      }
    }
    return first < 0
        ? Optional.empty()
        : Optional.of(
            new TimelineRange(shown.fromMillis() + first * part, shown.fromMillis() + end * part));
  }
}
