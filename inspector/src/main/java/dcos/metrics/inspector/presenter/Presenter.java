// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.presenter;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.model.Recording;
import dcos.metrics.inspector.model.captured.CapturedDelivery;
import dcos.metrics.inspector.model.captured.CapturedRecord;
import dcos.metrics.inspector.model.captured.Span;
import dcos.metrics.inspector.model.find.Findings;
import dcos.metrics.inspector.model.find.Query;
import dcos.metrics.inspector.model.series.SeriesOrder;
import dcos.metrics.inspector.viewmodel.CopyAs;
import dcos.metrics.inspector.viewmodel.DeliveryRow;
import dcos.metrics.inspector.viewmodel.DetailSubject;
import dcos.metrics.inspector.viewmodel.FilterModel;
import dcos.metrics.inspector.viewmodel.RecordRow;
import dcos.metrics.inspector.viewmodel.RowWindow;
import dcos.metrics.inspector.viewmodel.Suggestion;
import dcos.metrics.inspector.viewmodel.TableTab;
import dcos.metrics.inspector.viewmodel.Tables;
import dcos.metrics.inspector.viewmodel.TimeStrip;
import dcos.metrics.inspector.viewmodel.WindowModel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows one recording in a window's model, and keeps that up to date. FX thread only. */
public final class Presenter {
  private static final long NONE = -1;
  // What stands around the tables is read, not watched, and costs as much as they do.
  private static final long PANELS_NANOS = Duration.ofMillis(250).toNanos();
  private static final long AGING_NANOS = Duration.ofSeconds(1).toNanos();

  private final WindowModel model;
  private final LongSupplier nanoTime;
  private final Charts charts;
  private final Details details;
  private @Nullable Recording recording;
  private long shownVersion = NONE;
  private boolean chartsTurn;
  private long panelsVersion = NONE;
  private long panelsAt;
  private boolean panelsGrowing;
  private Filter filter = Filter.ALL;
  private @Nullable Findings found;
  // The row that the detail was of before what is found now; null once that is known of it.
  private @Nullable DetailSubject sought;

  /** Shows nothing yet. */
  public Presenter(WindowModel model) {
    this(model, System::nanoTime);
  }

  Presenter(WindowModel model, LongSupplier nanoTime) {
    this.model = model;
    this.nanoTime = nanoTime;
    this.charts = new Charts(model);
    this.details = new Details(model, leads(), nanoTime);
    model.strip().brushProperty().subscribe(_ -> find());
    model.strip().hiddenBeforeProperty().subscribe(_ -> find());
    model.tables().metrics().sorting().byProperty().addListener((_, _, _) -> sort());
  }

  /** Shows this one from now on; a recording that showed before is not closed. */
  public void show(Recording shown) {
    recording = shown;
    charts.clear();
    panelsVersion = NONE;
    details.show(shown);
    model.strip().reset();
    find();
  }

  /** Shows none any more; the one that showed is not closed. */
  public void showNothing() {
    endLooking();
    recording = null;
    found = null;
    sought = null;
    charts.clear();
    charts.show(List::of);
    details.showNothing();
    RecordingRows.showNone(model.tables());
    model.sidebar().update(List.of(), List.of(), List.of());
    model.status().update(List.of());
    model.strip().reset();
    model.strip().ratesProperty().set(TimeStrip.Rates.none());
  }

  /** Limits every table to what a filter finds. */
  public void filter(Filter wanted) {
    filter = wanted;
    find();
  }

  /** Looks for what the filter finds in the span that the brush marks. */
  private void find() {
    endLooking();
    found = null;
    model.filter().stoppedProperty().set(false);
    Recording shown = recording;
    if (shown == null) {
      return;
    }
    DetailSubject looked = model.detail().subjectProperty().get();
    sought = looked != null && looked.isRow() ? looked : null;
    Query query = query();
    if (query.equals(Query.ALL)) {
      charts.show(shown::series);
      details.find(shown::series);
      RecordingRows.show(shown, model.shown().growingProperty()::get, model.tables());
    } else {
      Findings looking = shown.find(query);
      found = looking;
      charts.show(looking::series);
      details.find(looking::series);
      RecordingRows.show(shown, looking, model.shown().growingProperty()::get, model.tables());
    }
    sort();
    shownVersion = NONE;
    refresh();
  }

  /** Has the series in the order that is asked for; what shows is another as soon as they are. */
  private void sort() {
    SeriesOrder order = RecordingRows.order(model.tables().metrics().sorting());
    Recording shown = recording;
    if (shown != null) {
      shown.sortSeries(order);
    }
    if (found != null) {
      found.sortSeries(order);
    }
  }

  /** What may stand at the caret of the filter line. */
  public List<Suggestion> suggest(String text, int caret) {
    Recording shown = recording;
    return shown == null ? List.of() : SeenInRecording.suggest(shown, text, caret);
  }

  /** What limits the tables. */
  public Query query() {
    return new Query(
        filter,
        model
            .strip()
            .limit()
            .map(limit -> new Span(limit.fromMillis(), limit.toMillis()))
            .orElse(Span.ALWAYS));
  }

  /** What was found so far stays, and is marked as not all there is. */
  public void stopFilter() {
    Findings running = found;
    if (running != null && !running.isClosed()) {
      boolean isAll = running.progress() >= 1 && !model.shown().growingProperty().get();
      endLooking();
      model.filter().stoppedProperty().set(!isAll);
    }
  }

  private void endLooking() {
    Findings running = found;
    if (running != null) {
      running.close();
      model.filter().progressProperty().set(FilterModel.IDLE);
    }
  }

  /** Brings everything up to date, if the recording has changed. */
  public void refresh() {
    Recording shown = recording;
    if (shown == null) {
      return;
    }
    Findings running = found;
    if (running != null && !running.isClosed()) {
      model.filter().progressProperty().set(running.progress());
    }
    long version = shown.version() + (running == null ? 0 : running.version());
    // One of them at a time, where that can wait: a frame is short.
    boolean isTaken = refreshPanels(shown) || details.refresh(shown.version());
    if (!isTaken || shownVersion == NONE) {
      refreshRows(version);
    } else if (version != shownVersion) {
      model.changes().leaveRest();
    }
    seek(shown);
  }

  /** The tables, or in its turn the chart below one of them. */
  private void refreshRows(long version) {
    boolean isNew = version != shownVersion;
    boolean chartShows = model.shown().viewProperty().get() == TableTab.METRICS;
    if (chartShows && (chartsTurn || !isNew) && charts.refresh()) {
      chartsTurn = false;
    } else if (isNew) {
      shownVersion = version;
      chartsTurn = true;
      model.tables().refresh();
    }
  }

  /** The row that is looked at is selected again where it is found, and its detail goes if not. */
  private void seek(Recording shown) {
    DetailSubject wanted = sought;
    if (wanted == null) {
      return;
    }
    Findings running = found;
    if (!wanted.equals(model.detail().subjectProperty().get())
        || (running != null && running.isClosed())) {
      sought = null;
    } else if (new FoundRow(shown, running, model.tables()).select(wanted)) {
      sought = null;
    } else if (running == null || running.isCurrent()) {
      sought = null;
      model.detail().subjectProperty().set(null);
    }
  }

  /** A few times a second at most; what comes in between shows the next time. */
  private boolean refreshPanels(Recording shown) {
    long version = shown.version();
    long now = nanoTime.getAsLong();
    boolean growing = model.shown().growingProperty().get();
    boolean isDue = panelsVersion == NONE || now - panelsAt >= PANELS_NANOS;
    // Rates fall while nothing comes.
    boolean isOld = growing && now - panelsAt >= AGING_NANOS;
    if (!isDue || (version == panelsVersion && growing == panelsGrowing && !isOld)) {
      return false;
    }
    if (isOld) {
      shownVersion = NONE; // so does what rows say of the time that has passed
    }
    panelsVersion = version;
    panelsGrowing = growing;
    panelsAt = now;
    Panels.sidebar(shown, growing, model.sidebar());
    Panels.status(shown, model.status());
    Panels.strip(shown, model.strip());
    return true;
  }

  /** From a record to its delivery, or from a delivery to its first record. */
  public void followLink() {
    Recording shown = recording;
    if (shown == null) {
      return;
    }
    if (model.shown().viewProperty().get() == TableTab.DELIVERIES) {
      DeliveryRow selected = model.tables().deliveries().window().selectedRowProperty().get();
      long[] records = selected == null ? new long[0] : shown.recordsOf(selected.position());
      if (records.length > 0) {
        toRecord(records[0]);
      }
    } else {
      RecordRow selected = model.tables().records().window().selectedRowProperty().get();
      List<CapturedRecord> records =
          selected == null ? List.of() : shown.records(selected.position(), 1);
      if (!records.isEmpty() && records.getFirst().delivery() >= 0) {
        toDelivery(records.getFirst().delivery());
      }
    }
  }

  /** Shows the first record that came at a time or later; answers whether one that shows did. */
  boolean goTo(long millis) {
    Recording shown = recording;
    return shown != null && reveal(shown.firstRecordAt(millis));
  }

  /** Selects a record, or the next one that is found; answers whether there is one. */
  private boolean reveal(long record) {
    Findings running = found;
    long place = running == null ? record : running.placeOf(record);
    RowWindow<RecordRow> window = model.tables().records().window();
    window.refresh();
    boolean there = place < window.countProperty().get();
    if (there) {
      model.shown().viewProperty().set(TableTab.RECORDS);
      window.reveal(place);
    }
    return there;
  }

  /** When the last of it happened, in milliseconds since 1970; 0 if nothing has. */
  long lastMillis() {
    Recording shown = recording;
    return shown == null ? 0 : shown.span().toMs();
  }

  private Leads leads() {
    return new Leads() {
      @Override
      public void toRecord(long number) {
        Presenter.this.toRecord(number);
      }

      @Override
      public void toDelivery(long number) {
        Presenter.this.toDelivery(number);
      }

      @Override
      public void toDetail(DetailSubject subject) {
        model.detail().subjectProperty().set(subject);
      }

      @Override
      public void toFound(String wanted, TableTab view) {
        model.strip().brushProperty().set(null);
        model.shown().viewProperty().set(view);
        model.filter().filterBy(wanted);
      }
    };
  }

  private void toRecord(long number) {
    Findings running = found;
    if (running != null) {
      long place = running.placeOf(number);
      if (!Arrays.equals(running.numbers(place, 1), new long[] {number})) {
        showAll();
      }
    }
    reveal(number);
    model.showSelected();
  }

  private void toDelivery(long number) {
    Findings running = found;
    if (running != null) {
      List<CapturedDelivery> there = running.deliveries(running.placeOfDelivery(number), 1);
      if (there.isEmpty() || there.getFirst().number() != number) {
        showAll();
      }
    }
    model.shown().viewProperty().set(TableTab.DELIVERIES);
    running = found;
    model
        .tables()
        .deliveries()
        .window()
        .reveal(running == null ? number : running.placeOfDelivery(number));
    model.showSelected();
  }

  /** What the filter, the brush or a cleared view hides can not be led to. */
  private void showAll() {
    model.strip().brushProperty().set(null);
    model.strip().hiddenBeforeProperty().set(null);
    model.filter().filterBy("");
  }

  /** The selected row of the view that shows, as text. */
  public Optional<String> copy(CopyAs as) {
    Recording shown = recording;
    if (shown == null) {
      return Optional.empty();
    }
    Tables tables = model.tables();
    return switch (model.shown().viewProperty().get()) {
      case METRICS -> RowCopy.of(shown, tables.metrics().window().selectedRowProperty().get(), as);
      case RECORDS -> RowCopy.of(shown, tables.records().window().selectedRowProperty().get(), as);
      case DELIVERIES ->
          RowCopy.of(shown, tables.deliveries().window().selectedRowProperty().get(), as);
    };
  }
}
