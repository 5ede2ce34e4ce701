// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.FilterException;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.inspector.chart.ChartModel;
import dcos.metrics.inspector.detail.DetailModel;
import dcos.metrics.inspector.export.CopyFormat;
import dcos.metrics.inspector.export.ExportTask;
import dcos.metrics.inspector.filterline.FilterLineModel;
import dcos.metrics.inspector.filterline.FilterSuggestion;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.preferences.Preferences;
import dcos.metrics.inspector.session.AttachedSession;
import dcos.metrics.inspector.session.FileSession;
import dcos.metrics.inspector.session.OpenResult;
import dcos.metrics.inspector.session.OpenState;
import dcos.metrics.inspector.session.Session;
import dcos.metrics.inspector.settingspanel.SettingsPanelModel;
import dcos.metrics.inspector.shell.RefreshFlag;
import dcos.metrics.inspector.shell.WindowActions;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.shell.WindowTables;
import dcos.metrics.inspector.sidebar.SidebarModel;
import dcos.metrics.inspector.start.StartModel;
import dcos.metrics.inspector.statusbar.StatusBarModel;
import dcos.metrics.inspector.timeline.MarksPresenter;
import dcos.metrics.inspector.timeline.TimelineModel;
import dcos.metrics.inspector.workspace.NoticesModel;
import dcos.metrics.inspector.workspace.WindowState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the window's model together, and does what the window asks for. FX thread only, but for
 * {@link #close}.
 */
public final class AppController implements WindowActions, AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(AppController.class);

  private final Path temporary;
  private final Preferences remembered;
  private final ObservableList<Path> recent;
  private final NoticesModel notices = new NoticesModel();
  private final RefreshFlag changes = new RefreshFlag();
  private final WindowModel model;
  private final RecordingController presenter;
  private final ExportController exports;
  private final ReplayController replays;
  private final SettingsPanelModel settings;
  private final OpenRecordingController opened;
  private final CaptureController live;
  private final MarksPresenter marks;

  /**
   * @param temporary where recordings may keep their bytes
   * @param fxThread runs what it is given on the FX thread
   */
  public AppController(
      Preferences remembered, OptionValues values, Path temporary, Executor fxThread) {
    this.temporary = temporary;
    this.remembered = remembered;
    recent = FXCollections.observableArrayList(remembered.recent());
    var shown = new WindowState();
    settings = new SettingsPanelModel(values, shown, this::mayApply, this::applySettings);
    var replayed = new ReplayDestination(settings::values, this::state, this::captureReplayed);
    replays = new ReplayController(replayed, fxThread);
    WindowTables tables = WindowTables.empty();
    model =
        new WindowModel(
            this,
            tables,
            new ChartModel(),
            new FilterLineModel(
                AppController::check, this::suggest, this::filter, this::stopFilter),
            new SidebarModel(),
            new DetailModel(),
            new TimelineModel(),
            new StatusBarModel(),
            notices,
            new StartModel(recent, this),
            replays.model(),
            settings,
            shown,
            changes,
            this::refresh);
    presenter = new RecordingController(model);
    exports = new ExportController(notices, fxThread);
    opened = new OpenRecordingController(model, presenter, exports, this::captures, fxThread);
    live = new CaptureController(model, opened, replayed, temporary);
    marks = new MarksPresenter(model.strip(), notices, shown, presenter, System::currentTimeMillis);
    settings
        .shownProperty()
        .subscribe(
            shows -> {
              if (!shows) {
                opened.withdrawQuestion(); // What is cancelled is not to be answered any more.
              }
            });
  }

  public WindowModel model() {
    return model;
  }

  /** Does what the command line asked for. */
  public void begin(LaunchTarget opening) {
    switch (opening) {
      case LaunchTarget.ShowStartPage() -> {}
      case LaunchTarget.OpenFiles(var files) -> open(files);
      case LaunchTarget.AttachToCollector(var collector) -> attach(collector);
      case LaunchTarget.StartCapture(_) -> capture(true);
    }
  }

  private void attach(Endpoint collector) {
    Optional<String> token = live.settings().http().token().map(Settings.Secret::value);
    opened.showRefusal(
        opened.attach(listener -> new AttachedSession(collector, token, temporary, listener)));
  }

  @Override
  public void capture(boolean on) {
    live.capture(on);
  }

  private boolean mayApply(OptionValues values) {
    return live.isAlready(values) || opened.mayLeave("Discard and apply", settings::apply);
  }

  private void applySettings() {
    if (!live.isAlready(settings.values())) {
      live.capture(settings.values());
    }
  }

  private OpenResult captureReplayed(OptionValues with) {
    boolean kafka = with.text(Options.KAFKA).map(Boolean::parseBoolean).orElse(false);
    return opened.mayLeave("Discard and replay", () -> replayAgain(kafka))
        ? live.captureReplayed(with)
        : new OpenResult.Refused("what was captured here is not saved");
  }

  private void replayAgain(boolean kafka) {
    if (kafka) {
      replays.model().confirmedProperty().set(true); // As it was when it was asked for.
    }
    replays.model().start();
  }

  private OpenState state() {
    return opened.state();
  }

  private CaptureListener captures() {
    return live;
  }

  @Override
  public void open(List<Path> files) {
    showFiles(
        FileSession.title(files),
        _ -> {
          var session = new FileSession(files, temporary);
          files.reversed().forEach(this::addRecent); // Those that can be opened.
          return session;
        });
  }

  private void showFiles(String name, OpenRecordingController.SessionOpener<FileSession> opener) {
    if (opened.mayLeave("Discard and open " + name, () -> showFiles(name, opener))) {
      opened.showRefusal(opened.open(opener));
    }
  }

  @Override
  public void startPage() {
    settings.cancel();
    if (opened.mayLeave("Discard and go to the start page", this::startPage)) {
      opened.showNothing();
    }
  }

  /**
   * Whether the window may be closed. If not, says what would be lost, with a button to close it
   * nevertheless.
   */
  public boolean mayClose(Runnable close) {
    return opened.mayLeave("Discard and close", close);
  }

  @Override
  public void emit(double recordsPerSecond) {
    live.emit(recordsPerSecond);
  }

  @Override
  public void openSample() {
    showFiles(
        "the sample",
        _ -> new FileSession(BundledSample.TITLE, BundledSample.unpack(temporary), temporary));
  }

  @Override
  public void replay() {
    replays
        .model()
        .offer(
            switch (opened.state().settled()) {
              case OpenState.FileOpen(FileSession files, _) -> files.files();
              case OpenState.Empty _, OpenState.Recorded _ -> List.of();
            });
  }

  @Override
  public void save(Path file) {
    opened.state().openSession().ifPresent(shown -> save(shown, file));
  }

  private void save(Session shown, Path file) {
    if (!exports.isOpen(shown, file, ExportController.WHOLE)) {
      long records = shown.recording().recordCount();
      exports.save(
          shown.recording(),
          file,
          () -> {
            opened.saved(shown, records);
            addRecent(file);
          });
    }
  }

  @Override
  public void export(Path file) {
    var rows =
        new ExportTask.ExportContent.Rows(model.shown().viewProperty().get(), presenter.query());
    opened
        .state()
        .openSession()
        .filter(shown -> !exports.isOpen(shown, file, rows))
        .ifPresent(shown -> exports.export(shown.recording(), rows, file));
  }

  @Override
  public Optional<String> copy(CopyFormat as) {
    return presenter.copy(as);
  }

  @Override
  public void mark() {
    marks.mark();
  }

  @Override
  public void nextMark() {
    marks.nextMark();
  }

  @Override
  public void goTo(long millis) {
    marks.goTo(millis);
  }

  @Override
  public void clearView() {
    marks.clearView();
  }

  @Override
  public void showAll() {
    marks.showAll();
  }

  @Override
  public void settings() {
    settings.offer();
  }

  @Override
  public void followLink() {
    presenter.followLink();
  }

  private void refresh() {
    presenter.refresh();
    if (opened.state().openSession().isPresent()) {
      changes.mark(); // The recording's version shows whether anything changed.
      opened.showLoaded();
    }
  }

  private static FilterLineModel.FilterCheck check(String text) {
    try {
      return new FilterLineModel.FilterCheck("", String.join(" · ", Filter.parse(text).hints()));
    } catch (FilterException e) {
      return FilterLineModel.FilterCheck.invalid(e.reason());
    }
  }

  private void filter(String text) {
    try {
      presenter.filter(Filter.parse(text));
    } catch (FilterException e) {
      throw new IllegalStateException("only what was checked is applied", e);
    }
  }

  private List<FilterSuggestion> suggest(String text, int caret) {
    return presenter.suggest(text, caret);
  }

  private void stopFilter() {
    presenter.stopFilter();
  }

  /** A fault of the program's own: shown where it can be seen, and logged whole. */
  public void failed(Thread thread, Throwable fault) {
    logger
        .atError()
        .setCause(fault)
        .addKeyValue("thread", thread.getName())
        .log("a fault of this program");
    String text = "A fault of this program, please report it with its log: " + fault;
    notices.show(new NoticesModel.WindowNotice("fault", StatusTone.BAD, text, List.of()));
  }

  private void addRecent(Path file) {
    Path known = file.toAbsolutePath().normalize(); // The next start may be in another folder.
    recent.remove(known);
    recent.addFirst(known);
    remembered.setRecent(recent);
    remembered.save(); // Not at the end only: the program may be ended from outside.
  }

  static Thread elsewhere(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).start(work);
  }

  /** Ends whatever runs; waits some seconds at most. */
  @Override
  public void close() {
    live.close();
    replays.close();
    exports.close();
    opened.close();
  }
}
