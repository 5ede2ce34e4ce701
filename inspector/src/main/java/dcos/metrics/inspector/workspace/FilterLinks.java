// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.Tag;
import dcos.metrics.collector.filter.FilterTerm;
import dcos.metrics.collector.filter.Key;
import dcos.metrics.inspector.model.series.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The filters that links and copied rows are. */
final class Links {
  private Links() {}

  static String source(String name) {
    return FilterTerm.equal(Key.SOURCE, name).toString();
  }

  static String topic(String name) {
    return FilterTerm.equal(Key.TOPIC, name).toString();
  }

  /** Finds the records that the points of a series arrived in. */
  static String series(Series series) {
    List<FilterTerm> terms = new ArrayList<>();
    terms.add(FilterTerm.equal(Key.TOPIC, series.topic()));
    terms.add(FilterTerm.equal(Key.NAME, series.name()));
    terms.addAll(terms(series.tags()));
    return text(terms);
  }

  /** Finds the records that have all of these tags. */
  static List<FilterTerm> terms(List<Tag> tags) {
    return tags.stream().map(tag -> FilterTerm.equalTag(tag.getKey(), tag.getValue())).toList();
  }

  /** The filter that all of these terms make, each once. */
  static String text(List<FilterTerm> terms) {
    return terms.stream().map(FilterTerm::toString).distinct().collect(Collectors.joining(" "));
  }
}
