// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.cli.Version;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.FilterException;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.emitter.Emitter;
import dcos.metrics.inspector.export.Export;
import dcos.metrics.inspector.model.Loading;
import dcos.metrics.inspector.presenter.Presenter;
import dcos.metrics.inspector.remembered.Remembered;
import dcos.metrics.inspector.session.AttachedSession;
import dcos.metrics.inspector.session.FileSession;
import dcos.metrics.inspector.session.LiveSession;
import dcos.metrics.inspector.session.Session;
import dcos.metrics.inspector.viewmodel.Actions;
import dcos.metrics.inspector.viewmodel.Changes;
import dcos.metrics.inspector.viewmodel.ChartModel;
import dcos.metrics.inspector.viewmodel.CopyAs;
import dcos.metrics.inspector.viewmodel.DetailModel;
import dcos.metrics.inspector.viewmodel.FilterModel;
import dcos.metrics.inspector.viewmodel.Notices;
import dcos.metrics.inspector.viewmodel.Notices.Notice;
import dcos.metrics.inspector.viewmodel.Sidebar;
import dcos.metrics.inspector.viewmodel.StartModel;
import dcos.metrics.inspector.viewmodel.Status;
import dcos.metrics.inspector.viewmodel.Suggestion;
import dcos.metrics.inspector.viewmodel.Tables;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.TimeStrip;
import dcos.metrics.inspector.viewmodel.Tone;
import dcos.metrics.inspector.viewmodel.WindowModel;
import dcos.metrics.inspector.viewmodel.WindowModel.View;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Puts the window's model together, and does what the window asks for. FX thread only, but for
 * {@link #close}.
 */
final class Workbench implements Actions, AutoCloseable {
  private static final String SESSION = "session";
  private static final Duration EMITTER_PERIOD = Duration.ofMillis(100);
  private static final int EMITTER_BLOCK = 100;

  private final OptionValues values;
  private final Path temporary;
  private final Executor fxThread;
  private final ObservableList<Path> recent;
  private final Notices notices = new Notices();
  private final Changes changes = new Changes();
  private final WindowModel model;
  private final Presenter presenter;
  private final Exports exports;
  private final Replays replays;
  private final ReplayCapture replayed;
  private @Nullable Session session;
  private @Nullable Emitter emitter;
  private boolean loaded;

  /** Opens a recording. */
  @FunctionalInterface
  private interface Opener {
    Session open(Session.Listener listener) throws IOException, InvalidSettingsException;
  }

  /**
   * @param temporary where recordings may keep their bytes
   * @param fxThread runs what it is given on the FX thread
   */
  Workbench(Remembered remembered, OptionValues values, Path temporary, Executor fxThread) {
    this.values = values;
    this.temporary = temporary;
    this.fxThread = fxThread;
    recent = FXCollections.observableArrayList(remembered.recent());
    replayed = new ReplayCapture(values, () -> Optional.ofNullable(session), this::capture);
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
            new WindowModel.Shown(),
            changes,
            this::refresh);
    presenter = new Presenter(model);
    exports = new Exports(notices, fxThread);
    model.start().commandProperty().set(command(checkedSettings().input().listen()));
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
    Optional<String> token = checkedSettings().http().token().map(Settings.Secret::value);
    show(listener -> new AttachedSession(collector, token, temporary, listener), false);
    model.shown().growingProperty().set(true);
  }

  @Override
  public void capture(boolean on) {
    if (on) {
      String _ = capture(values);
      return;
    }
    emit(0);
    if (session instanceof LiveSession live) {
      elsewhere("capture-stop", live::stop);
    }
    model.shown().capturingProperty().set(false);
    model.shown().growingProperty().set(false);
  }

  /** Returns why it can not be begun, in one line; empty if it is. */
  private String capture(OptionValues with) {
    return show(listener -> new LiveSession(with, Version.read(), temporary, listener), true);
  }

  @Override
  public void open(List<Path> files) {
    files.reversed().forEach(this::addRecent);
    show(_ -> new FileSession(files, temporary), false);
  }

  /** Returns why it can not, in one line; empty if it can. */
  private String show(Opener opener, boolean capturing) {
    closeSession();
    replayed.failed("something else was opened");
    notices.clear(SESSION);
    loaded = false;
    try {
      Session opened = opener.open(listener());
      session = opened;
      presenter.show(opened.recording());
      model.shown().titleProperty().set(opened.title());
      model.shown().recordingProperty().set(true);
      model.shown().capturingProperty().set(capturing);
      model.shown().growingProperty().set(capturing);
      opened.start();
      changes.mark();
      return "";
    } catch (IOException | InvalidSettingsException e) {
      String problem = String.valueOf(e.getMessage());
      say(Tone.BAD, problem);
      return problem;
    }
  }

  private Session.Listener listener() {
    return new Session.Listener() {
      @Override
      public void failed(String text) {
        fxThread.execute(
            () -> {
              model.shown().capturingProperty().set(false);
              model.shown().growingProperty().set(false);
              say(Tone.BAD, text);
              replayed.failed(text);
            });
      }

      @Override
      public void listening() {
        fxThread.execute(Workbench.this::listening);
      }
    };
  }

  private void listening() {
    if (session instanceof LiveSession live) {
      model.shown().titleProperty().set(live.title());
      model.start().commandProperty().set(command(live.endpoint()));
      replayed.listens(live.endpoint());
      if (emitter == null && model.start().emittingProperty().get()) {
        emit(model.start().rateProperty().get());
      }
    }
  }

  @Override
  public void emit(double recordsPerSecond) {
    Emitter running = emitter;
    if (recordsPerSecond <= 0) {
      emitter = null;
      if (running != null) {
        elsewhere("emitter-stop", running::close);
      }
    } else if (running != null) {
      running.setRate(recordsPerSecond);
    } else if (session instanceof LiveSession live && live.isCapturing()) {
      Endpoint to = live.endpoint();
      var started =
          new Emitter(
              new Emitter.Settings(
                  to.host(), to.port(), "sample", EMITTER_PERIOD, recordsPerSecond, EMITTER_BLOCK),
              _ -> {});
      started.start();
      emitter = started;
    } else {
      capture(true); // Emits once it listens.
    }
  }

  @Override
  public void openSample() {
    String _ = show(_ -> new FileSession(Sample.TITLE, Sample.unpack(temporary), temporary), false);
  }

  @Override
  public void replay() {
    replays.model().offer(session instanceof FileSession opened ? opened.files() : List.of());
  }

  @Override
  public void save(Path file) {
    Session shown = session;
    if (shown != null && !exports.isOpen(shown, file, Export.View.RECORDING)) {
      exports.save(shown.recording(), file);
    }
  }

  @Override
  public void export(Path file) {
    View view = model.shown().viewProperty().get();
    Session shown = session;
    if (shown != null && !exports.isOpen(shown, file, Export.View.RECORDS)) {
      exports.export(shown.recording(), view, presenter.query(), file);
    }
  }

  @Override
  public Optional<String> copy(CopyAs as) {
    return presenter.copy(as);
  }

  @Override
  public void mark() {
    unconnected("mark");
  }

  @Override
  public void clearView() {
    unconnected("clear the view");
  }

  @Override
  public void settings() {
    unconnected("change the settings");
  }

  @Override
  public void followLink() {
    presenter.followLink();
  }

  private void refresh() {
    presenter.refresh();
    Session shown = session;
    if (shown != null) {
      changes.mark(); // The recording says by its version whether anything changed.
      sayLoaded(shown.recording().loading(), shown.recording().recordCount());
    }
  }

  /** Once, when all that was opened has been read, if there is something to say. */
  private void sayLoaded(Loading loading, long records) {
    if (loaded || !loading.done() || loading.totalBytes() == 0) {
      return;
    }
    loaded = true;
    String read = Texts.count(records) + " records read";
    if (!loading.problem().isEmpty()) {
      say(Tone.BAD, loading.problem() + "; " + read);
    } else if (loading.skipped() > 0) {
      String blocks = loading.skipped() == 1 ? " block" : " blocks";
      say(Tone.WARNING, Texts.count(loading.skipped()) + blocks + " skipped; " + read);
    }
  }

  private static Optional<String> check(String text) {
    try {
      Filter.parse(text);
      return Optional.empty();
    } catch (FilterException e) {
      return Optional.of(e.reason());
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

  private void addRecent(Path file) {
    recent.remove(file);
    recent.addFirst(file);
  }

  private void say(Tone tone, String text) {
    notices.show(new Notice(SESSION, tone, text, List.of()));
  }

  private void unconnected(String what) {
    notices.show(new Notice("unconnected", Tone.WARNING, "Cannot " + what + " yet", List.of()));
  }

  private Settings checkedSettings() {
    try {
      return values.settings();
    } catch (InvalidSettingsException e) {
      throw new IllegalStateException("the settings were checked before", e);
    }
  }

  private static String command(Endpoint listen) {
    return "nc " + listen.host() + " " + listen.port() + " < metrics.avro";
  }

  static void elsewhere(String name, Runnable work) {
    Thread.ofPlatform().daemon().name(name).start(work);
  }

  private void closeSession() {
    Session before = session;
    session = null;
    emit(0);
    if (before != null) {
      List<Export> reading = exports.running();
      elsewhere(
          "session-close",
          () -> {
            reading.forEach(Export::close);
            before.close();
          });
    }
  }

  /** Ends whatever runs; waits some seconds at most. */
  @Override
  public void close() {
    Emitter running = emitter;
    if (running != null) {
      running.close();
    }
    replays.close();
    exports.close();
    Session shown = session;
    if (shown != null) {
      shown.close();
    }
  }
}
