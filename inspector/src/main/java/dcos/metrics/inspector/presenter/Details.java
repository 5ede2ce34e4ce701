// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.series.Series;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.DetailModel;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.MetricRow;
import dcos.metrics.inspector.viewmodel.Picks;
import dcos.metrics.inspector.viewmodel.TableTab;
import dcos.metrics.inspector.viewmodel.WindowModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows what the user points at in the detail pane, and keeps that up to date. FX thread only. */
final class Details {
  private static final long NONE = -1;
  // It may go over many blocks, and reads some.
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final WindowModel model;
  private final DetailModel detail;
  private final Leads leads;
  private final LongSupplier nanos;
  // The row that is selected in each table.
  private final Map<TableTab, DetailSubject> selected = new EnumMap<>(TableTab.class);
  private final Picks<MetricRow> picks;
  private Supplier<List<Series>> series = List::of;
  private @Nullable Recording recording;
  private long shownVersion = NONE;
  private long shownNanos;

  Details(WindowModel model, Leads leads, LongSupplier nanos) {
    this.model = model;
    this.detail = model.detail();
    this.leads = leads;
    this.nanos = nanos;
    this.picks = Objects.requireNonNull(model.tables().metrics().window().picks());
    model
        .tables()
        .metrics()
        .window()
        .selectedRowProperty()
        .subscribe(_ -> select(TableTab.METRICS));
    model
        .tables()
        .records()
        .window()
        .selectedRowProperty()
        .subscribe(_ -> select(TableTab.RECORDS));
    model
        .tables()
        .deliveries()
        .window()
        .selectedRowProperty()
        .subscribe(_ -> select(TableTab.DELIVERIES));
    model.shown().viewProperty().subscribe(_ -> model.showSelected());
    detail.subjectProperty().subscribe(_ -> showNow());
    picks.rowsProperty().addListener((_, _, _) -> showNow());
  }

  void show(Recording shown) {
    showNothing();
    recording = shown;
  }

  void showNothing() {
    recording = null;
    series = List::of;
    detail.subjectProperty().set(null);
    detail.detailProperty().set(null);
  }

  /** The series that can be looked at from now on. */
  void find(Supplier<List<Series>> found) {
    series = found;
  }

  /** Says anew what may have changed, twice a second at most; answers whether it did. */
  boolean refresh(long version) {
    boolean isDue = version != shownVersion && nanos.getAsLong() - shownNanos >= PERIOD_NANOS;
    if (isDue) {
      shownVersion = version;
      showNow();
    }
    return isDue && detail.subjectProperty().get() != null;
  }

  /** A row's state may change under the selection; that is no new selection. */
  private void select(TableTab view) {
    DetailSubject now = model.selected(view);
    if (now == null) {
      selected.remove(view);
    } else if (!now.equals(selected.put(view, now)) && view == model.shown().viewProperty().get()) {
      detail.subjectProperty().set(now);
    }
  }

  private void showNow() {
    Recording shown = recording;
    if (shown == null) {
      return;
    }
    shownNanos = nanos.getAsLong();
    DetailSubject subject = detail.subjectProperty().get();
    Detail now = subject == null ? null : of(shown, subject).orElse(null);
    Detail before = detail.detailProperty().get();
    if (now == null || before == null || !now.saysAsMuchAs(before)) {
      detail.detailProperty().set(now);
    }
  }

  private Optional<Detail> of(Recording shown, DetailSubject subject) {
    return switch (subject) {
      case DetailSubject.OfRecord(long number) -> new RecordDetails(shown, leads).of(number);
      case DetailSubject.OfDelivery(long number) -> new DeliveryDetails(shown, leads).of(number);
      case DetailSubject.OfSource(int number) -> new StreamDetails(shown, leads).of(number);
      case DetailSubject.OfSeries(long id) ->
          new SeriesDetails(leads, picks.rowsProperty().get().stream().map(MetricRow::id).toList())
              .of(id, series.get(), shown.series());
      case DetailSubject.OfKafka _ -> Optional.of(new KafkaDetails(shown, leads).all());
      case DetailSubject.OfTroubles time -> Optional.of(new TroubleDetails(shown, leads).of(time));
    };
  }
}
