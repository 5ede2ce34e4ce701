// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.table.RowSelection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the points of the selected series into the chart. FX thread only. */
public final class ChartPresenter {
  private final ChartModel chart;
  private final RowSelection<?> selection;
  private final Map<Long, Series> series = new HashMap<>();
  private final Map<Long, ChartLine> lines = new HashMap<>();
  private Supplier<List<Series>> all = List::of;

  /**
   * @param selection the selected series
   */
  public ChartPresenter(ChartModel chart, RowSelection<?> selection) {
    this.chart = chart;
    this.selection = selection;
    selection.rowsProperty().addListener((_, _, _) -> draw());
  }

  /** None of the series is selected yet. */
  public void clear() {
    series.clear();
    lines.clear();
    selection.clear();
    chart.update(List.of(), 0);
  }

  /** The series that can be selected from now on; those selected before stay. */
  public void show(Supplier<List<Series>> shown) {
    all = shown;
  }

  /** Takes the points that are new; answers whether there are any. */
  public boolean refresh() {
    boolean changed =
        series.values().stream()
            .anyMatch(
                one -> {
                  ChartLine line = lines.get(one.id());
                  return line == null || line.total() != one.count();
                });
    if (changed) {
      draw();
    }
    return changed;
  }

  /** Shows a time range, from and to in milliseconds since 1970. */
  public void limit(long fromMillis, long toMillis) {
    if (fromMillis < toMillis) {
      chart.show(new ChartRange((double) fromMillis, (double) toMillis));
    }
  }

  /** Shows all of the time. */
  public void showAllTime() {
    chart.reset();
  }

  private void draw() {
    List<Long> picked = selection.ids();
    List<Long> wanted = picked.stream().limit(ChartModel.MAX_LINES).toList();
    series.keySet().retainAll(wanted);
    lines.keySet().retainAll(wanted);
    find(wanted);
    List<ChartLine> drawn = new ArrayList<>();
    for (long id : wanted) {
      Series one = series.get(id);
      if (one != null) {
        drawn.add(lines.compute(id, (_, line) -> line(one, line)));
      }
    }
    chart.update(drawn, picked.size());
  }

  /** A series stays as it was when the recording has let it go. */
  private void find(List<Long> wanted) {
    if (series.keySet().containsAll(wanted)) {
      return;
    }
    Map<Long, Series> known =
        all.get().stream().collect(Collectors.toMap(Series::id, Function.identity()));
    for (long id : wanted) {
      Series one = known.get(id);
      if (one != null) {
        series.putIfAbsent(id, one);
      }
    }
  }

  /** The one before, if nothing is new. */
  private static ChartLine line(Series series, @Nullable ChartLine before) {
    long count = series.count();
    if (before != null && before.total() == count) {
      return before;
    }
    // What comes in between is counted the next time.
    Series.SeriesPoints points = series.points();
    return new ChartLine(
        new ChartLine.SeriesIdentity(
            series.id(),
            series.topic(),
            series.name(),
            series.tags().stream()
                .map(tag -> new ChartLine.ChartTag(tag.getKey(), tag.getValue()))
                .toList()),
        new ChartLine.KeptPointCounts(count, points.bucketMs(), points.fromFirst()),
        points.timesMs(),
        points.values());
  }
}
