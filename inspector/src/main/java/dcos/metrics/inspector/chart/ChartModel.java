// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import dcos.metrics.inspector.format.DisplayFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The selected series over time: which time shows, and what stands at the crosshair. It shows all
 * that is kept until it is zoomed, and stays with the newest point until it is moved away from it.
 * Places are given as 0 to 1 of the time that shows. FX thread only.
 */
public final class ChartModel {
  /** No more lines are drawn: their colours could not be told apart. */
  public static final int MAX_LINES = 10;

  private static final double MIN_RANGE_MS = 10;
  private static final double PADDING = 0.05;
  private static final ChartRange NOTHING = new ChartRange(0, 1);

  private final ReadOnlyObjectWrapper<List<ChartLine>> lines =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<ChartRange> range = new ReadOnlyObjectWrapper<>(NOTHING);
  private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyBooleanWrapper whole = new ReadOnlyBooleanWrapper(true);
  private final ReadOnlyObjectWrapper<@Nullable Crosshair> crosshair =
      new ReadOnlyObjectWrapper<>();
  private final Map<Long, Integer> colours = new HashMap<>();
  private ChartRange all = NOTHING;
  private ChartLabels labels = ChartLabels.of(List.of());

  /**
   * The points next to a time.
   *
   * @param place of that time
   * @param readings of each line that has one, in the order of the lines
   */
  public record Crosshair(double place, long timeMs, List<CrosshairReading> readings) {}

  /** A point, exactly as it came. */
  public record CrosshairReading(ChartLine line, long timeMs, double value) {}

  /** The values that the lines have within the time that shows, and a little more. */
  public record ValueRange(double low, double high) {}

  /** At most {@link #MAX_LINES}, in the order in which they were selected. */
  public ReadOnlyObjectProperty<List<ChartLine>> linesProperty() {
    return lines.getReadOnlyProperty();
  }

  /** What the chart leaves out, in words; else empty. */
  public ReadOnlyStringProperty noteProperty() {
    return note.getReadOnlyProperty();
  }

  /** The time that shows. */
  public ReadOnlyObjectProperty<ChartRange> rangeProperty() {
    return range.getReadOnlyProperty();
  }

  /** Whether new points come into sight by themselves. */
  public ReadOnlyBooleanProperty followingProperty() {
    return following.getReadOnlyProperty();
  }

  /** Null while nothing is pointed at. */
  public ReadOnlyObjectProperty<@Nullable Crosshair> crosshairProperty() {
    return crosshair.getReadOnlyProperty();
  }

  /** Whether all that is kept shows, however much that becomes. */
  public ReadOnlyBooleanProperty wholeProperty() {
    return whole.getReadOnlyProperty();
  }

  /** A line's colour, 0 until {@link #MAX_LINES}: its own for as long as it is drawn. */
  public int colour(ChartLine line) {
    return colours.getOrDefault(line.id(), 0);
  }

  /** What all lines have in common, where each is called by what it has not; else empty. */
  public String heading() {
    return labels.heading();
  }

  /** What tells a line from the others that are drawn. */
  public String label(ChartLine line) {
    return labels.texts().getOrDefault(line.id(), line.name());
  }

  /**
   * Draws these lines.
   *
   * @param drawn at most {@link #MAX_LINES}
   * @param selected how many are selected
   */
  public void update(List<ChartLine> drawn, int selected) {
    if (drawn.size() > MAX_LINES) {
      throw new IllegalArgumentException(
          "%d lines, at most %d are drawn".formatted(drawn.size(), MAX_LINES));
    }
    boolean others = paint(drawn);
    labels = ChartLabels.of(drawn);
    note.set(note(drawn, selected));
    all = extent(drawn);
    boolean inSight = drawn.stream().anyMatch(line -> line.pointsIn(range.get()) > 0);
    if (drawn.isEmpty() || (others && !inSight)) {
      whole.set(true);
    }
    lines.set(List.copyOf(drawn));
    if (whole.get()) {
      reset();
    } else if (following.get()) {
      show(all.toMillis() - range.get().timeRange(), range.get().timeRange());
    } else {
      pointAgain();
    }
  }

  /** Shows all that is kept, and what comes. */
  public void reset() {
    whole.set(true);
    following.set(true);
    range.set(all);
    pointAgain();
  }

  /** Shows a time, as far as there are points. */
  public void show(ChartRange wanted) {
    double from = Math.clamp(wanted.fromMillis(), all.fromMillis(), all.toMillis());
    double to = Math.clamp(wanted.toMillis(), all.fromMillis(), all.toMillis());
    show(from, Math.max(MIN_RANGE_MS, to - from));
  }

  /** Goes to the newest point, and stays with it. */
  public void follow() {
    double timeRange = range.get().timeRange();
    show(all.toMillis() - timeRange, timeRange);
  }

  /**
   * Shows less or more time; what is at a place stays there.
   *
   * @param factor below 1 shows less
   */
  public void zoom(double factor, double place) {
    double timeRange = Math.max(MIN_RANGE_MS, range.get().timeRange() * factor);
    show(range.get().at(place) - place * timeRange, timeRange);
  }

  /** Around the newest point while it follows, else around the middle. */
  public void zoom(double factor) {
    zoom(factor, following.get() ? 1 : 0.5);
  }

  /** Shows later times, or earlier ones below 0, by a share of the time that shows. */
  public void pan(double share) {
    if (!whole.get()) {
      double timeRange = range.get().timeRange();
      show(range.get().fromMillis() + share * timeRange, timeRange);
    }
  }

  /** Puts the crosshair at a place. */
  public void point(double place) {
    List<CrosshairReading> readings = new ArrayList<>();
    double time = range.get().at(place);
    for (ChartLine line : lines.get()) {
      int nearest = line.nearest(time);
      if (nearest >= 0) {
        readings.add(new CrosshairReading(line, line.time(nearest), line.value(nearest)));
      }
    }
    crosshair.set(
        readings.isEmpty() ? null : new Crosshair(place, Math.round(time), List.copyOf(readings)));
  }

  /** Takes the crosshair away. */
  public void pointNowhere() {
    crosshair.set(null);
  }

  /** Puts the crosshair on the next point of any line, or on the one before below 0. */
  public void step(int direction) {
    Crosshair before = crosshair.get();
    ChartRange shown = range.get();
    double from =
        before != null
            ? before.timeMs()
            : direction < 0 ? shown.toMillis() + 1 : shown.fromMillis() - 1;
    Optional<Long> next = Optional.empty();
    for (ChartLine line : lines.get()) {
      next = nearer(next, line, from, direction);
    }
    next.filter(time -> time >= shown.fromMillis() && time <= shown.toMillis())
        .ifPresent(time -> point(shown.place((double) time)));
  }

  /** From below the lowest value that shows to above the highest. */
  public ValueRange values() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (ChartLine line : lines.get()) {
      ChartLine.LineBounds bounds = line.bounds(range.get());
      if (!Double.isNaN(bounds.low())) {
        low = Math.min(low, bounds.low());
        high = Math.max(high, bounds.high());
      }
    }
    if (low > high) {
      return new ValueRange(0, 1);
    }
    // Halves, for the difference of two doubles may be too large for one.
    double padding = (high / 2 - low / 2) * 2 * PADDING;
    if (padding == 0) {
      padding = low == 0 ? 1 : Math.abs(low) * PADDING;
    }
    return new ValueRange(
        Math.max(-Double.MAX_VALUE / 4, low - padding),
        Math.min(Double.MAX_VALUE / 4, high + padding));
  }

  /** Whether each point gets a dot: there is room for that. */
  public boolean hasDots(int columns) {
    return lines.get().stream().allMatch(line -> line.pointsIn(range.get()) <= columns / 12);
  }

  private void show(double from, double timeRange) {
    if (timeRange >= all.timeRange()) {
      reset();
      return;
    }
    double start = Math.clamp(from, all.fromMillis(), all.toMillis() - timeRange);
    whole.set(false);
    // Rounded, for the sum of a start and a span need not be the end that they were made from.
    following.set(start + timeRange >= all.toMillis() - MIN_RANGE_MS / 10);
    range.set(new ChartRange(start, start + timeRange));
    pointAgain();
  }

  private void pointAgain() {
    Crosshair pointed = crosshair.get();
    if (pointed != null) {
      point(pointed.place());
    }
  }

  /** Gives each line a colour that no other has; answers whether one is new. */
  private boolean paint(List<ChartLine> drawn) {
    Set<Long> ids = new HashSet<>();
    drawn.forEach(line -> ids.add(line.id()));
    colours.keySet().retainAll(ids);
    boolean isNew = false;
    for (ChartLine line : drawn) {
      if (!colours.containsKey(line.id())) {
        int colour = 0;
        while (colours.containsValue(colour)) {
          colour++;
        }
        colours.put(line.id(), colour);
        isNew = true;
      }
    }
    return isNew;
  }

  private static Optional<Long> nearer(
      Optional<Long> best, ChartLine line, double from, int direction) {
    int i = direction < 0 ? line.from(from) - 1 : line.from(Math.nextUp(from));
    while (i >= 0 && i < line.size() && !Double.isFinite(line.value(i))) {
      i += direction < 0 ? -1 : 1;
    }
    if (i < 0 || i >= line.size()) {
      return best;
    }
    long time = line.time(i);
    boolean closer = best.isEmpty() || (direction < 0 ? time > best.get() : time < best.get());
    return closer ? Optional.of(time) : best;
  }

  private static ChartRange extent(List<ChartLine> drawn) {
    double from = Double.POSITIVE_INFINITY;
    double to = Double.NEGATIVE_INFINITY;
    for (ChartLine line : drawn) {
      if (line.size() > 0) {
        from = Math.min(from, (double) line.time(0));
        to = Math.max(to, (double) line.time(line.size() - 1));
      }
    }
    if (from > to) {
      return NOTHING;
    }
    double missing = Math.max(0, MIN_RANGE_MS - (to - from));
    return new ChartRange(from - missing / 2, to + missing / 2);
  }

  private static String note(List<ChartLine> drawn, int selected) {
    List<String> notes = new ArrayList<>();
    if (selected > drawn.size()) {
      notes.add(
          "%s of %s selected are drawn"
              .formatted(DisplayFormat.count(drawn.size()), DisplayFormat.count(selected)));
    }
    drawn.stream()
        .filter(line -> line.total() > line.size())
        .max((one, other) -> Long.compare(one.total(), other.total()))
        .ifPresent(
            line ->
                notes.add(
                    (line.fromFirst() ? "" : "last ")
                        + "%s of up to %s points"
                            .formatted(
                                DisplayFormat.count(line.size()),
                                DisplayFormat.count(line.total()))));
    drawn.stream()
        .mapToLong(ChartLine::bucketMs)
        .filter(bucket -> bucket > 0)
        .max()
        .ifPresent(
            bucket ->
                notes.add(
                    "the first, lowest, highest and last of every "
                        + DisplayFormat.timeRange((double) bucket)));
    return String.join(" · ", notes);
  }
}
