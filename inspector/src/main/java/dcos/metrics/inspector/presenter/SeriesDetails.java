// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.series.Series;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.Detail.Node;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.WindowModel.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A series: what it is of, its last point, and between what its points lie. */
final class SeriesDetails {
  static final String NO_BYTES =
      "A series is made of the datapoints of many records: select one of those to see its bytes.";

  private final Leads leads;

  SeriesDetails(Leads leads) {
    this.leads = leads;
  }

  /** What is known of a series; empty if it is in none of the lists. */
  Optional<Detail> of(long id, List<Series> found, List<Series> all) {
    return Stream.concat(found.stream(), all.stream())
        .filter(series -> series.id() == id)
        .findFirst()
        .map(this::of);
  }

  private Detail of(Series series) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(Node.of("name", series.name()));
    nodes.add(Node.of("topic", series.topic()));
    nodes.add(
        Node.of(
            "tags",
            "(" + series.tags().size() + ")",
            series.tags().stream().map(tag -> Node.of(tag.getKey(), tag.getValue())).toList()));
    long came = series.count();
    Series.Points points = series.points(Integer.MAX_VALUE);
    int kept = points.values().length;
    nodes.add(
        Node.of(
            "last value",
            Texts.exact(points.values()[kept - 1]),
            Node.of("at", Texts.time(points.timesMs()[kept - 1]))));
    nodes.add(Node.of("rate", Texts.rate(series.rate())));
    nodes.add(points(points, came));
    String filter = RowCopy.filter(series);
    return new Detail(
        new Detail.Subject.OfSeries(series.id()),
        Node.of("series", series.name(), nodes),
        Detail.Bytes.none(NO_BYTES),
        List.of(new Action("Show its records", () -> leads.toFound(filter, View.RECORDS))));
  }

  private static Node points(Series.Points points, long came) {
    int kept = points.values().length;
    String of = came > kept ? ", the last of " + Texts.count(came) : "";
    List<Node> bounds = new ArrayList<>();
    double[] numbers =
        Arrays.stream(points.values()).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (numbers.length > 0) {
      bounds.add(Node.of("lowest", Texts.exact(numbers[0])));
      bounds.add(Node.of("highest", Texts.exact(numbers[numbers.length - 1])));
    }
    bounds.add(Node.of("since", Texts.time(points.timesMs()[0])));
    return Node.of("points kept", Texts.count(kept) + of, bounds);
  }
}
