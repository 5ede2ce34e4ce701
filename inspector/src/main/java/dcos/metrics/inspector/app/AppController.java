// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.FilterException;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.inspector.export.Export;
import dcos.metrics.inspector.presenter.Moments;
import dcos.metrics.inspector.presenter.Presenter;
import dcos.metrics.inspector.remembered.Remembered;
import dcos.metrics.inspector.session.AttachedSession;
import dcos.metrics.inspector.session.FileSession;
import dcos.metrics.inspector.session.OpenResult;
import dcos.metrics.inspector.session.OpenState;
import dcos.metrics.inspector.session.Session;
import dcos.metrics.inspector.viewmodel.Actions;
import dcos.metrics.inspector.viewmodel.Changes;
import dcos.metrics.inspector.viewmodel.ChartModel;
import dcos.metrics.inspector.viewmodel.CopyAs;
import dcos.metrics.inspector.viewmodel.DetailModel;
import dcos.metrics.inspector.viewmodel.FilterModel;
import dcos.metrics.inspector.viewmodel.Notices;
import dcos.metrics.inspector.viewmodel.SettingsModel;
import dcos.metrics.inspector.viewmodel.Sidebar;
import dcos.metrics.inspector.viewmodel.StartModel;
import dcos.metrics.inspector.viewmodel.Status;
import dcos.metrics.inspector.viewmodel.Suggestion;
import dcos.metrics.inspector.viewmodel.View;
import dcos.metrics.inspector.viewmodel.Tables;
import dcos.metrics.inspector.viewmodel.TimeStrip;
import dcos.metrics.inspector.viewmodel.Tone;
import dcos.metrics.inspector.viewmodel.WindowModel;
import dcos.metrics.inspector.viewmodel.WindowState;
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
final class Workbench implements Actions, AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Workbench.class);

  private final Path temporary;
  private final Remembered remembered;
  private final ObservableList<Path> recent;
  private final Notices notices = new Notices();
  private final Changes changes = new Changes();
  private final WindowModel model;
  private final Presenter presenter;
  private final Exports exports;
  private final Replays replays;
  private final SettingsModel settings;
  private final OpenRecording opened;
  private final LiveRuns live;
  private final Moments moments;

  /**
   * @param temporary where recordings may keep their bytes
   * @param fxThread runs what it is given on the FX thread
   */
  Workbench(Remembered remembered, OptionValues values, Path temporary, Executor fxThread) {
    this.temporary = temporary;
    this.remembered = remembered;
    recent = FXCollections.observableArrayList(remembered.recent());
    var shown = new WindowState();
    settings = new SettingsModel(values, shown, this::mayApply, this::applySettings);
    var replayed = new ReplayCapture(settings::values, this::state, this::captureReplayed);
    replays = new Replays(replayed, fxThread);
    Tables tables = Tables.empty();
    model =
        new WindowModel(
            this,
            tables,
            new ChartModel(),
            new FilterModel(Workbench::check, this::suggest, this::filter, this::stopFilter),
            new Sidebar(),
            new DetailModel(),
            new TimeStrip(),
            new Status(),
            notices,
            new StartModel(recent, this),
            replays.model(),
            settings,
            shown,
            changes,
            this::refresh);
    presenter = new Presenter(model);
    exports = new Exports(notices, fxThread);
    opened = new OpenRecording(model, presenter, exports, this::captures, fxThread);
    live = new LiveRuns(model, opened, replayed, temporary);
    moments = new Moments(model.strip(), notices, shown, presenter, System::currentTimeMillis);
    settings
        .shownProperty()
        .subscribe(
            shows -> {
              if (!shows) {
                opened.withdrawQuestion(); // What is cancelled is not to be answered any more.
              }
            });
  }

  WindowModel model() {
    return model;
  }

  /** Does what the command line asked for. */
  void begin(Opening opening) {
    switch (opening) {
      case Opening.StartPage() -> {}
      case Opening.Files(var files) -> open(files);
      case Opening.Attach(var collector) -> attach(collector);
      case Opening.Live(_) -> capture(true);
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

  private void showFiles(String name, OpenRecording.Opener<FileSession> opener) {
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
  boolean mayClose(Runnable close) {
    return opened.mayLeave("Discard and close", close);
  }

  @Override
  public void emit(double recordsPerSecond) {
    live.emit(recordsPerSecond);
  }

  @Override
  public void openSample() {
    showFiles(
        "the sample", _ -> new FileSession(Sample.TITLE, Sample.unpack(temporary), temporary));
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
    if (!exports.isOpen(shown, file, Exports.WHOLE)) {
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
    var rows = new Export.Content.Rows(model.shown().viewProperty().get(), presenter.query());
    opened
        .state()
        .openSession()
        .filter(shown -> !exports.isOpen(shown, file, rows))
        .ifPresent(shown -> exports.export(shown.recording(), rows, file));
  }

  @Override
  public Optional<String> copy(CopyAs as) {
    return presenter.copy(as);
  }

  @Override
  public void mark() {
    moments.mark();
  }

  @Override
  public void nextMark() {
    moments.nextMark();
  }

  @Override
  public void goTo(long millis) {
    moments.goTo(millis);
  }

  @Override
  public void clearView() {
    moments.clearView();
  }

  @Override
  public void showAll() {
    moments.showAll();
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

  private static FilterModel.Checked check(String text) {
    try {
      return new FilterModel.Checked("", String.join(" · ", Filter.parse(text).hints()));
    } catch (FilterException e) {
      return FilterModel.Checked.invalid(e.reason());
    }
  }

  private void filter(String text) {
    try {
      presenter.filter(Filter.parse(text));
    } catch (FilterException e) {
      throw new IllegalStateException("only what was checked is applied", e);
    }
  }

  private List<Suggestion> suggest(String text, int caret) {
    return presenter.suggest(text, caret);
  }

  private void stopFilter() {
    presenter.stopFilter();
  }

  /** A fault of the program's own: shown where it can be seen, and logged whole. */
  void failed(Thread thread, Throwable fault) {
    logger
        .atError()
        .setCause(fault)
        .addKeyValue("thread", thread.getName())
        .log("a fault of this program");
    String text = "A fault of this program, please report it with its log: " + fault;
    notices.show(new Notices.Notice("fault", Tone.BAD, text, List.of()));
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
