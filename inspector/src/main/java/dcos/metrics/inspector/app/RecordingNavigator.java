// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.inspector.deliveries.DeliveriesPresenter;
import dcos.metrics.inspector.recording.FilteredRecording;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.records.RecordsPresenter;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.Navigator;
import dcos.metrics.inspector.workspace.View;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Goes where links lead to in the recording that shows. FX thread only. */
final class RecordingNavigator implements Navigator {
  private final WindowModel model;
  private final RecordsPresenter records;
  private final DeliveriesPresenter deliveries;
  private final Supplier<@Nullable FilteredRecording> shown;

  /**
   * @param shown what the tables show; null while no recording is open
   */
  RecordingNavigator(
      WindowModel model,
      RecordsPresenter records,
      DeliveriesPresenter deliveries,
      Supplier<@Nullable FilteredRecording> shown) {
    this.model = model;
    this.records = records;
    this.deliveries = deliveries;
    this.shown = shown;
  }

  @Override
  public void toRecord(long number) {
    FilteredRecording now = shown.get();
    if (now != null && !now.hasRecord(number)) {
      showAll();
    }
    boolean _ = reveal(number);
    model.showSelected();
  }

  @Override
  public void toDelivery(long number) {
    FilteredRecording now = shown.get();
    if (now != null && !now.hasDelivery(number)) {
      showAll();
    }
    model.shown().viewProperty().set(View.DELIVERIES);
    now = shown.get();
    if (now != null) {
      deliveries.reveal(now.placeOfDelivery(number));
    }
    model.showSelected();
  }

  @Override
  public void toDetail(DetailSubject subject) {
    model.detail().subjectProperty().set(subject);
  }

  @Override
  public void toFound(String filter, View view) {
    model.strip().brushProperty().set(null);
    model.shown().viewProperty().set(view);
    model.filter().filterBy(filter);
  }

  /** From the selected record to its message, or from the selected message to its first record. */
  void followLink() {
    FilteredRecording now = shown.get();
    if (now == null) {
      return;
    }
    if (model.shown().viewProperty().get() == View.DELIVERIES) {
      OptionalLong selected = deliveries.selected();
      long[] held =
          selected.isEmpty() ? new long[0] : now.recording().recordsOf(selected.getAsLong());
      if (held.length > 0) {
        toRecord(held[0]);
      }
    } else {
      OptionalLong selected = records.selected();
      List<CapturedRecord> found =
          selected.isEmpty() ? List.of() : now.recording().records(selected.getAsLong(), 1);
      if (!found.isEmpty() && found.getFirst().delivery() >= 0) {
        toDelivery(found.getFirst().delivery());
      }
    }
  }

  /** Selects a record, or the next one that the filter finds; answers whether there is one. */
  boolean reveal(long number) {
    FilteredRecording now = shown.get();
    if (now == null) {
      return false;
    }
    long place = now.placeOfRecord(number);
    boolean isThere = records.has(place);
    if (isThere) {
      model.shown().viewProperty().set(View.RECORDS);
      records.reveal(place);
    }
    return isThere;
  }

  /** Selects a row again where it is now; answers whether it is there, as far as was searched. */
  boolean select(FilteredRecording now, DetailSubject row) {
    return switch (row) {
      case DetailSubject.OfRecord(long number) -> {
        long place = now.placeOfRecord(number);
        boolean isThere = now.hasRecord(number) && records.has(place);
        if (isThere) {
          records.reveal(place);
        }
        yield isThere;
      }
      case DetailSubject.OfDelivery(long number) -> {
        long place = now.placeOfDelivery(number);
        boolean isThere = now.hasDelivery(number) && deliveries.has(place);
        if (isThere) {
          deliveries.reveal(place);
        }
        yield isThere;
      }
      // Several series may be selected: the table keeps them selected itself.
      case DetailSubject.OfSeries(long id) ->
          now.series().stream().anyMatch(series -> series.id() == id);
      case DetailSubject.OfSource _, DetailSubject.OfKafka _, DetailSubject.OfErrors _ -> true;
    };
  }

  /** A row that the filter, the brush or a cleared view hides cannot be selected. */
  private void showAll() {
    model.strip().brushProperty().set(null);
    model.strip().hiddenBeforeProperty().set(null);
    model.filter().filterBy("");
  }
}
