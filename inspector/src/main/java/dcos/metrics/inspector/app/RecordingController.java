// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.chart.ChartPresenter;
import dcos.metrics.inspector.deliveries.DeliveriesPresenter;
import dcos.metrics.inspector.detail.DetailPresenter;
import dcos.metrics.inspector.export.CopyFormat;
import dcos.metrics.inspector.export.RowCopy;
import dcos.metrics.inspector.filterline.FilterLinePresenter;
import dcos.metrics.inspector.filterline.FilterSuggestion;
import dcos.metrics.inspector.filterline.RecordedValues;
import dcos.metrics.inspector.metrics.MetricRow;
import dcos.metrics.inspector.metrics.MetricsPresenter;
import dcos.metrics.inspector.recording.FilteredRecording;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.recording.search.SearchResults;
import dcos.metrics.inspector.recording.state.TimeRange;
import dcos.metrics.inspector.records.RecordsPresenter;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.sidebar.SidebarPresenter;
import dcos.metrics.inspector.statusbar.StatusBarPresenter;
import dcos.metrics.inspector.table.RowSelection;
import dcos.metrics.inspector.timeline.MarksPresenter;
import dcos.metrics.inspector.timeline.TimelineModel;
import dcos.metrics.inspector.timeline.TimelinePresenter;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.inspector.workspace.View;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows one recording in a window's model, and keeps that up to date: it searches the recording,
 * and lets the presenter of each feature show its part in turn. FX thread only.
 */
public final class RecordingController implements MarksPresenter.RecordTimes {
  private static final long NONE = -1;
  // What stands around the tables is read, not watched, and costs as much as they do.
  private static final long PANELS_NANOS = Duration.ofMillis(250).toNanos();
  private static final long AGING_NANOS = Duration.ofSeconds(1).toNanos();

  private final WindowModel model;
  private final LongSupplier nanoTime;
  private final MetricsPresenter metrics;
  private final RecordsPresenter records;
  private final DeliveriesPresenter deliveries;
  private final ChartPresenter charts;
  private final DetailPresenter details;
  private final FilterLinePresenter filterLine;
  private final SidebarPresenter sidebar;
  private final StatusBarPresenter statusBar;
  private final TimelinePresenter timeline;
  private final RecordingNavigator navigator;
  private @Nullable FilteredRecording shown;
  private long shownVersion = NONE;
  private boolean chartsTurn;
  private long panelsVersion = NONE;
  private long panelsAt;
  private boolean panelsGrowing;
  private Filter filter = Filter.ALL;
  // The row that the detail was of before what is found now; null once that is known of it.
  private @Nullable DetailSubject sought;

  /** Shows nothing yet. */
  public RecordingController(WindowModel model) {
    this(model, System::nanoTime);
  }

  RecordingController(WindowModel model, LongSupplier nanoTime) {
    this.model = model;
    this.nanoTime = nanoTime;
    RowSelection<MetricRow> selection =
        Objects.requireNonNull(model.tables().metrics().window().selection());
    metrics = new MetricsPresenter(model.tables().metrics());
    records = new RecordsPresenter(model.tables().records());
    deliveries =
        new DeliveriesPresenter(model.tables().deliveries(), model.shown().growingProperty()::get);
    charts = new ChartPresenter(model.chart(), selection);
    navigator = new RecordingNavigator(model, records, deliveries, () -> shown);
    details = new DetailPresenter(model.detail(), selection, navigator, nanoTime);
    var _ = new SelectedRowDetail(model);
    filterLine = new FilterLinePresenter(model.filter());
    sidebar = new SidebarPresenter(model.sidebar());
    statusBar = new StatusBarPresenter(model.status());
    timeline = new TimelinePresenter(model.strip());
    model.strip().brushProperty().subscribe(this::limitChart);
    model.strip().brushProperty().subscribe(_ -> find());
    model.strip().hiddenBeforeProperty().subscribe(_ -> find());
    model.tables().metrics().sorting().byProperty().addListener((_, _, _) -> sort());
  }

  private void limitChart(TimelineModel.@Nullable TimelineRange brush) {
    if (brush == null) {
      charts.showAllTime();
    } else {
      charts.limit(brush.fromMillis(), brush.toMillis());
    }
  }

  /** Shows this one from now on; a recording that showed before is not closed. */
  public void show(Recording recording) {
    endSearch();
    shown = new FilteredRecording(recording, null);
    charts.clear();
    panelsVersion = NONE;
    details.show(recording);
    timeline.reset();
    find();
  }

  /** Shows none any more; the one that showed is not closed. */
  public void showNothing() {
    endSearch();
    shown = null;
    sought = null;
    charts.clear();
    charts.show(List::of);
    details.showNothing();
    metrics.showNothing();
    records.showNothing();
    deliveries.showNothing();
    sidebar.showNothing();
    statusBar.showNothing();
    timeline.showNothing();
  }

  /** Limits every table to what a filter finds. */
  public void filter(Filter wanted) {
    filter = wanted;
    find();
  }

  /** Looks for what the filter finds in the span that the brush marks. */
  private void find() {
    endSearch();
    filterLine.reset();
    if (shown == null) {
      return;
    }
    Recording recording = shown.recording();
    DetailSubject looked = model.detail().subjectProperty().get();
    sought = looked != null && looked.isRow() ? looked : null;
    SearchQuery query = query();
    var now =
        new FilteredRecording(
            recording, query.equals(SearchQuery.ALL) ? null : recording.find(query));
    shown = now;
    charts.show(now::series);
    details.find(now::series);
    metrics.show(now);
    records.show(now);
    deliveries.show(now);
    sort();
    shownVersion = NONE;
    refresh();
  }

  /** Has the series in the order that is asked for; what shows is another as soon as they are. */
  private void sort() {
    if (shown != null) {
      metrics.sort(shown);
    }
  }

  /** What may stand at the caret of the filter line. */
  public List<FilterSuggestion> suggest(String text, int caret) {
    return shown == null ? List.of() : RecordedValues.suggest(shown.recording(), text, caret);
  }

  /** What limits the tables. */
  public SearchQuery query() {
    return new SearchQuery(
        filter,
        model
            .strip()
            .limit()
            .map(limit -> new TimeRange(limit.fromMillis(), limit.toMillis()))
            .orElse(TimeRange.ALWAYS));
  }

  private @Nullable SearchResults search() {
    return shown == null ? null : shown.found();
  }

  /** What was found so far stays, and is marked as not all there is. */
  public void stopFilter() {
    SearchResults running = search();
    if (running != null && !running.isClosed()) {
      boolean isAll = running.progress() >= 1 && !model.shown().growingProperty().get();
      endSearch();
      filterLine.stopped(isAll);
    }
  }

  private void endSearch() {
    SearchResults running = search();
    if (running != null) {
      running.close();
      filterLine.end();
    }
  }

  /** Brings everything up to date, if the recording has changed. */
  public void refresh() {
    FilteredRecording now = shown;
    if (now == null) {
      return;
    }
    SearchResults running = now.found();
    if (running != null) {
      filterLine.refresh(running);
    }
    Recording recording = now.recording();
    long version = recording.version() + (running == null ? 0 : running.version());
    // One of them at a time, where that can wait: a frame is short.
    boolean isTaken = refreshPanels(recording) || details.refresh(recording.version());
    if (!isTaken || shownVersion == NONE) {
      refreshRows(version);
    } else if (version != shownVersion) {
      model.changes().leaveRest();
    }
    seek(now);
  }

  /** The tables, or in its turn the chart below one of them. */
  private void refreshRows(long version) {
    boolean isNew = version != shownVersion;
    boolean chartShows = model.shown().viewProperty().get() == View.METRICS;
    if (chartShows && (chartsTurn || !isNew) && charts.refresh()) {
      chartsTurn = false;
    } else if (isNew) {
      shownVersion = version;
      chartsTurn = true;
      model.tables().refresh();
    }
  }

  /** The row that is looked at is selected again where it is found, and its detail goes if not. */
  private void seek(FilteredRecording now) {
    DetailSubject wanted = sought;
    if (wanted == null) {
      return;
    }
    SearchResults running = now.found();
    if (!wanted.equals(model.detail().subjectProperty().get())
        || (running != null && running.isClosed())) {
      sought = null;
    } else if (navigator.select(now, wanted)) {
      sought = null;
    } else if (running == null || running.isCurrent()) {
      sought = null;
      model.detail().subjectProperty().set(null);
    }
  }

  /** A few times a second at most; what comes in between shows the next time. */
  private boolean refreshPanels(Recording recording) {
    long version = recording.version();
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
    sidebar.refresh(recording, growing);
    statusBar.refresh(recording);
    timeline.refresh(recording);
    return true;
  }

  /** From a record to its delivery, or from a delivery to its first record. */
  public void followLink() {
    navigator.followLink();
  }

  @Override
  public boolean goTo(long millis) {
    return shown != null && navigator.reveal(shown.recording().firstRecordAt(millis));
  }

  @Override
  public long lastMillis() {
    return shown == null ? 0 : shown.recording().timeRange().toMs();
  }

  @Override
  public OptionalLong selectedMillis() {
    return records.selectedMillis();
  }

  /** The selected row of the view that shows, as text. */
  public Optional<String> copy(CopyFormat as) {
    return shown == null
        ? Optional.empty()
        : RowCopy.of(shown.recording(), model.selected(model.shown().viewProperty().get()), as);
  }
}
