// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.detail;

import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.table.RowSelection;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.Navigator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows what the user points at in the detail pane, and keeps that up to date. FX thread only. */
public final class DetailPresenter {
  private static final long NONE = -1;
  // It may go over many blocks, and reads some.
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final DetailModel detail;
  private final Navigator navigator;
  private final LongSupplier nanos;
  private final RowSelection<?> selection;
  private Supplier<List<Series>> series = List::of;
  private @Nullable Recording recording;
  private long shownVersion = NONE;
  private long shownNanos;

  /**
   * @param selection the selected series
   */
  public DetailPresenter(
      DetailModel detail, RowSelection<?> selection, Navigator navigator, LongSupplier nanos) {
    this.detail = detail;
    this.selection = selection;
    this.navigator = navigator;
    this.nanos = nanos;
    detail.subjectProperty().subscribe(_ -> showNow());
    selection.rowsProperty().addListener((_, _, _) -> showNow());
  }

  public void show(Recording shown) {
    showNothing();
    recording = shown;
  }

  public void showNothing() {
    recording = null;
    series = List::of;
    detail.subjectProperty().set(null);
    detail.detailProperty().set(null);
  }

  /** The series that can be looked at from now on. */
  public void find(Supplier<List<Series>> found) {
    series = found;
  }

  /** Says anew what may have changed, twice a second at most; answers whether it did. */
  public boolean refresh(long version) {
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
    DetailContent now = subject == null ? null : of(shown, subject).orElse(null);
    DetailContent before = detail.detailProperty().get();
    if (now == null || before == null || !now.saysAsMuchAs(before)) {
      detail.detailProperty().set(now);
    }
  }

  private Optional<DetailContent> of(Recording shown, DetailSubject subject) {
    return switch (subject) {
      case DetailSubject.OfRecord(long number) -> new RecordDetails(shown, navigator).of(number);
      case DetailSubject.OfDelivery(long number) ->
          new DeliveryDetails(shown, navigator).of(number);
      case DetailSubject.OfSource(int number) -> new StreamDetails(shown, navigator).of(number);
      case DetailSubject.OfSeries(long id) ->
          new SeriesDetails(navigator, selection.ids()).of(id, series.get(), shown.series());
      case DetailSubject.OfKafka _ -> Optional.of(new KafkaDetails(shown, navigator).all());
      case DetailSubject.OfErrors time -> Optional.of(new ErrorDetails(shown, navigator).of(time));
    };
  }
}
