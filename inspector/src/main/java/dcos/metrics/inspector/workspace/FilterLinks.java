// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.workspace;

import dcos.metrics.Tag;
import dcos.metrics.collector.filter.FilterKey;
import dcos.metrics.collector.filter.FilterTerm;
import dcos.metrics.inspector.recording.series.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The filters that links and copied rows are. */
public final class FilterLinks {
  private FilterLinks() {}

  public static String source(String name) {
    return FilterTerm.equal(FilterKey.SOURCE, name).toString();
  }

  public static String topic(String name) {
    return FilterTerm.equal(FilterKey.TOPIC, name).toString();
  }

  /** Finds the records that the points of a series arrived in. */
  public static String series(Series series) {
    List<FilterTerm> terms = new ArrayList<>();
    terms.add(FilterTerm.equal(FilterKey.TOPIC, series.topic()));
    terms.add(FilterTerm.equal(FilterKey.NAME, series.name()));
    terms.addAll(terms(series.tags()));
    return text(terms);
  }

  /** Finds the records that have all of these tags. */
  public static List<FilterTerm> terms(List<Tag> tags) {
    return tags.stream().map(tag -> FilterTerm.equalTag(tag.getKey(), tag.getValue())).toList();
  }

  /** The filter that all of these terms make, each once. */
  public static String text(List<FilterTerm> terms) {
    return terms.stream().map(FilterTerm::toString).distinct().collect(Collectors.joining(" "));
  }
}
