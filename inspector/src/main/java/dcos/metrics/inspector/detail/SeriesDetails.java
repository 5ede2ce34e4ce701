// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.inspector.detail.DetailContent.DetailNode;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.FilterLinks;
import dcos.metrics.inspector.workspace.Navigator;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import dcos.metrics.inspector.workspace.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A series: what it is of, its last point, and between what its points lie. */
final class SeriesDetails {
  static final String NO_BYTES =
      "A series is made of the datapoints of many records: select one of those to see its bytes.";

  // A filter that is longer is nothing that anybody would read.
  private static final int MAX_FILTERED = 50;

  private final Navigator navigator;
  private final List<Long> selected;

  /**
   * @param selected the series that are selected together
   */
  SeriesDetails(Navigator navigator, List<Long> selected) {
    this.navigator = navigator;
    this.selected = selected;
  }

  /** What is known of a series; empty if it is in none of the lists. */
  Optional<DetailContent> of(long id, List<Series> found, List<Series> all) {
    return find(id, found, all).map(series -> of(series, records(series, found, all)));
  }

  private static Optional<Series> find(long id, List<Series> found, List<Series> all) {
    return Stream.concat(found.stream(), all.stream())
        .filter(series -> series.id() == id)
        .findFirst();
  }

  private NoticeAction records(Series series, List<Series> found, List<Series> all) {
    if (selected.size() < 2 || selected.size() > MAX_FILTERED || !selected.contains(series.id())) {
      return new NoticeAction(
          "Show its records", () -> navigator.toFound(FilterLinks.series(series), View.RECORDS));
    }
    return new NoticeAction(
        "Show the records of all " + selected.size(),
        () ->
            navigator.toFound(
                selected.stream()
                    .flatMap(id -> find(id, found, all).stream())
                    .map(FilterLinks::series)
                    .distinct()
                    .collect(Collectors.joining(" or ")),
                View.RECORDS));
  }

  private static DetailContent of(Series series, NoticeAction records) {
    List<DetailNode> nodes = new ArrayList<>();
    nodes.add(DetailNode.of("name", series.name()));
    nodes.add(DetailNode.of("topic", series.topic()));
    nodes.add(
        DetailNode.of(
            "tags",
            "(" + series.tags().size() + ")",
            series.tags().stream()
                .map(tag -> DetailNode.of(tag.getKey(), tag.getValue()))
                .toList()));
    long came = series.count();
    Series.SeriesPoints points = series.points();
    int kept = points.values().length;
    nodes.add(
        DetailNode.of(
            "last value",
            DisplayFormat.exact(points.values()[kept - 1]),
            DetailNode.of("at", DisplayFormat.time(points.timesMs()[kept - 1]))));
    nodes.add(DetailNode.of("rate", DisplayFormat.rate(series.rate())));
    nodes.add(points(points, came));
    return new DetailContent(
        new DetailSubject.OfSeries(series.id()),
        DetailNode.of("series", series.name(), nodes),
        DetailContent.DetailBytes.none(NO_BYTES),
        List.of(records));
  }

  private static DetailNode points(Series.SeriesPoints points, long came) {
    int kept = points.values().length;
    List<DetailNode> bounds = new ArrayList<>();
    double[] numbers =
        Arrays.stream(points.values()).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (numbers.length > 0) {
      bounds.add(DetailNode.of("lowest", DisplayFormat.exact(numbers[0])));
      bounds.add(DetailNode.of("highest", DisplayFormat.exact(numbers[numbers.length - 1])));
    }
    bounds.add(DetailNode.of("since", DisplayFormat.time(points.timesMs()[0])));
    return DetailNode.of(
        "points kept",
        DisplayFormat.kept(kept, came, points.bucketMs(), points.fromFirst()),
        bounds);
  }
}
