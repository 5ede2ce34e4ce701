// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import dcos.metrics.collector.filter.FilterKey;
import dcos.metrics.collector.filter.FilterTerm;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.state.TracedRecord;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.FilterLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows as text, exact where the table rounds and shortens. */
public final class RowCopy {
  private RowCopy() {}

  /**
   * A row as text.
   *
   * @param row null if no row is selected
   * @return empty if there is no such row, or it is a batch that is not a message yet
   */
  public static Optional<String> of(
      Recording recording, @Nullable DetailSubject row, CopyFormat as) {
    return switch (row) {
      case null -> Optional.empty();
      case DetailSubject.OfSeries(long id) -> series(recording, id, as);
      case DetailSubject.OfRecord(long number) -> record(recording, number, as);
      case DetailSubject.OfDelivery(long number) -> delivery(recording, number, as);
      case DetailSubject.OfSource _, DetailSubject.OfKafka _, DetailSubject.OfErrors _ ->
          Optional.empty();
    };
  }

  private static Optional<String> series(Recording recording, long id, CopyFormat as) {
    return recording.series().stream()
        .filter(series -> series.id() == id)
        .findFirst()
        .map(
            series ->
                switch (as) {
                  case JSON -> RowJson.text(series);
                  case FILTER -> FilterLinks.series(series);
                });
  }

  private static Optional<String> record(Recording recording, long number, CopyFormat as) {
    return recording
        .trace(number)
        .map(
            record ->
                switch (as) {
                  case JSON -> RowJson.text(record);
                  case FILTER -> filter(record);
                });
  }

  private static Optional<String> delivery(Recording recording, long number, CopyFormat as) {
    return number < 0
        ? Optional.empty()
        : recording.deliveries(number, 1).stream()
            .findFirst()
            .map(
                delivery ->
                    switch (as) {
                      case JSON -> RowJson.text(delivery);
                      case FILTER -> filter(delivery);
                    });
  }

  /** All that came from the same place with the same tags: no two records are told apart. */
  private static String filter(TracedRecord traced) {
    CapturedRecord record = traced.record();
    List<FilterTerm> terms = new ArrayList<>();
    terms.add(FilterTerm.equal(FilterKey.SOURCE, record.source()));
    if (record.problem().isEmpty()) {
      terms.add(FilterTerm.equal(FilterKey.TOPIC, record.metrics().getTopic()));
      terms.addAll(FilterLinks.terms(record.metrics().getTags()));
    }
    return FilterLinks.text(terms);
  }

  /** Finds the message, and its records. */
  private static String filter(CapturedDelivery delivery) {
    return delivery.id() >= 0
        ? FilterTerm.equal(FilterKey.MESSAGE, delivery.id()).toString()
        : FilterLinks.text(
            List.of(
                FilterTerm.equal(FilterKey.TOPIC, delivery.topic()),
                FilterTerm.equal(FilterKey.STATE, delivery.state().name())));
  }
}
