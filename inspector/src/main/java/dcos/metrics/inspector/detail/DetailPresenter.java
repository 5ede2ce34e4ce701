// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.series.Series;
import dcos.metrics.inspector.viewmodel.Detail;
import dcos.metrics.inspector.viewmodel.DetailModel;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.Picks;
import java.util.List;
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

  private final DetailModel detail;
  private final Leads leads;
  private final LongSupplier nanos;
  private final Picks<?> picks;
  private Supplier<List<Series>> series = List::of;
  private @Nullable Recording recording;
  private long shownVersion = NONE;
  private long shownNanos;

  /**
   * @param picks the selected series
   */
  Details(DetailModel detail, Picks<?> picks, Leads leads, LongSupplier nanos) {
    this.detail = detail;
    this.picks = picks;
    this.leads = leads;
    this.nanos = nanos;
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
          new SeriesDetails(leads, picks.ids()).of(id, series.get(), shown.series());
      case DetailSubject.OfKafka _ -> Optional.of(new KafkaDetails(shown, leads).all());
      case DetailSubject.OfTroubles time -> Optional.of(new TroubleDetails(shown, leads).of(time));
    };
  }
}
