// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.series.Series;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.View;
import dcos.metrics.inspector.viewmodel.Texts;
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
  private static final int MOST_FILTERED = 50;

  private final Leads leads;
  private final List<Long> selected;

  /**
   * @param selected the series that are selected together
   */
  SeriesDetails(Leads leads, List<Long> selected) {
    this.leads = leads;
    this.selected = selected;
  }

  /** What is known of a series; empty if it is in none of the lists. */
  Optional<Detail> of(long id, List<Series> found, List<Series> all) {
    return find(id, found, all).map(series -> of(series, records(series, found, all)));
  }

  private static Optional<Series> find(long id, List<Series> found, List<Series> all) {
    return Stream.concat(found.stream(), all.stream())
        .filter(series -> series.id() == id)
        .findFirst();
  }

  private Action records(Series series, List<Series> found, List<Series> all) {
    if (selected.size() < 2 || selected.size() > MOST_FILTERED || !selected.contains(series.id())) {
      return new Action(
          "Show its records", () -> leads.toFound(Links.series(series), View.RECORDS));
    }
    return new Action(
        "Show the records of all " + selected.size(),
        () ->
            leads.toFound(
                selected.stream()
                    .flatMap(id -> find(id, found, all).stream())
                    .map(Links::series)
                    .distinct()
                    .collect(Collectors.joining(" or ")),
                View.RECORDS));
  }

  private static Detail of(Series series, Action records) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(Node.of("name", series.name()));
    nodes.add(Node.of("topic", series.topic()));
    nodes.add(
        Node.of(
            "tags",
            "(" + series.tags().size() + ")",
            series.tags().stream().map(tag -> Node.of(tag.getKey(), tag.getValue())).toList()));
    long came = series.count();
    Series.Points points = series.points();
    int kept = points.values().length;
    nodes.add(
        Node.of(
            "last value",
            Texts.exact(points.values()[kept - 1]),
            Node.of("at", Texts.time(points.timesMs()[kept - 1]))));
    nodes.add(Node.of("rate", Texts.rate(series.rate())));
    nodes.add(points(points, came));
    return new Detail(
        new DetailSubject.OfSeries(series.id()),
        Node.of("series", series.name(), nodes),
        Detail.Bytes.none(NO_BYTES),
        List.of(records));
  }

  private static Node points(Series.Points points, long came) {
    int kept = points.values().length;
    List<Node> bounds = new ArrayList<>();
    double[] numbers =
        Arrays.stream(points.values()).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (numbers.length > 0) {
      bounds.add(Node.of("lowest", Texts.exact(numbers[0])));
      bounds.add(Node.of("highest", Texts.exact(numbers[numbers.length - 1])));
    }
    bounds.add(Node.of("since", Texts.time(points.timesMs()[0])));
    return Node.of(
        "points kept", Texts.kept(kept, came, points.stretchMs(), points.fromFirst()), bounds);
  }
}
