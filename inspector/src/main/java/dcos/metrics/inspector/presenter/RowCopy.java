// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.Tag;
import dcos.metrics.collector.filter.FilterTerm;
import dcos.metrics.collector.filter.Key;
import dcos.metrics.inspector.export.RowJson;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.CapturedRecord;
import dcos.metrics.inspector.model.captured.TracedRecord;
import dcos.metrics.inspector.model.series.Series;
import dcos.metrics.inspector.viewmodel.CopyAs;
import dcos.metrics.inspector.viewmodel.DeliveryRow;
import dcos.metrics.inspector.viewmodel.MetricRow;
import dcos.metrics.inspector.viewmodel.RecordRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows as text, exact where the table rounds and shortens. */
final class RowCopy {
  private RowCopy() {}

  static Optional<String> of(Recording recording, @Nullable MetricRow row, CopyAs as) {
    return row == null
        ? Optional.empty()
        : recording.series().stream()
            .filter(series -> series.id() == row.id())
            .findFirst()
            .map(
                series ->
                    switch (as) {
                      case JSON -> RowJson.text(series);
                      case FILTER -> filter(series);
                    });
  }

  static Optional<String> of(Recording recording, @Nullable RecordRow row, CopyAs as) {
    return row == null
        ? Optional.empty()
        : recording
            .trace(row.position())
            .map(
                record ->
                    switch (as) {
                      case JSON -> RowJson.text(record);
                      case FILTER -> filter(record);
                    });
  }

  static Optional<String> of(Recording recording, @Nullable DeliveryRow row, CopyAs as) {
    return row == null || !row.isMade()
        ? Optional.empty()
        : recording.deliveries(row.position(), 1).stream()
            .findFirst()
            .map(
                delivery ->
                    switch (as) {
                      case JSON -> RowJson.text(delivery);
                      case FILTER -> filter(delivery);
                    });
  }

  /** Finds the records that its points came in. */
  static String filter(Series series) {
    List<FilterTerm> terms = new ArrayList<>();
    terms.add(FilterTerm.equal(Key.TOPIC, series.topic()));
    terms.add(FilterTerm.equal(Key.NAME, series.name()));
    terms.addAll(terms(series.tags()));
    return text(terms);
  }

  /** All that came from the same place with the same tags: no two records are told apart. */
  private static String filter(TracedRecord traced) {
    CapturedRecord record = traced.record();
    List<FilterTerm> terms = new ArrayList<>();
    terms.add(FilterTerm.equal(Key.SOURCE, record.source()));
    if (record.problem().isEmpty()) {
      terms.add(FilterTerm.equal(Key.TOPIC, record.metrics().getTopic()));
      terms.addAll(terms(record.metrics().getTags()));
    }
    return text(terms);
  }

  /** Finds the message, and its records. */
  private static String filter(CapturedDelivery delivery) {
    return delivery.id() >= 0
        ? FilterTerm.equal(Key.MESSAGE, delivery.id()).toString()
        : text(
            List.of(
                FilterTerm.equal(Key.TOPIC, delivery.topic()),
                FilterTerm.equal(Key.STATE, delivery.state().name())));
  }

  private static List<FilterTerm> terms(List<Tag> tags) {
    return tags.stream().map(tag -> FilterTerm.equalTag(tag.getKey(), tag.getValue())).toList();
  }

  private static String text(List<FilterTerm> terms) {
    return terms.stream().map(FilterTerm::toString).distinct().collect(Collectors.joining(" "));
  }
}
