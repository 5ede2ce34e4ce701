// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.inspector.export.Export;
import dcos.metrics.inspector.model.captured.Loading;
import dcos.metrics.inspector.presenter.Presenter;
import dcos.metrics.inspector.session.FileSession;
import dcos.metrics.inspector.session.LiveSession;
import dcos.metrics.inspector.session.Session;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.Notices.Notice;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import dcos.metrics.inspector.viewmodel.WindowModel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The one recording that the window holds, and whoever fills it. FX thread only. */
final class OpenRecording implements AutoCloseable {
  private static final String SESSION = "session";
  private static final String UNSAVED = "unsaved";

  /** Who fills it. */
  enum Kind {
    FILES,
    ATTACHED,
    LIVE
  }

  /** Opens a recording. */
  @FunctionalInterface
  interface Opener {
    Session open(Session.Listener listener) throws IOException, InvalidSettingsException;
  }

  /** Told what becomes of a recording while it is open, on the FX thread. */
  interface Told {
    Told NOBODY = new Told() {};

    /** It takes records now, and is what is open. */
    default void listening() {}

    /** It could not begin, and waits to be told what can be done about it. */
    default List<Action> notStarted(String text, boolean portTaken) {
      return List.of();
    }

    /** Nothing comes in any more. */
    default void failed(String text) {}

    /** It is not open any more. */
    default void left() {}

    /** It is not to begin any more: something else was asked for. */
    default void withdrawn() {}
  }

  private final WindowModel model;
  private final Presenter presenter;
  private final Exports exports;
  private final Executor fxThread;
  // Ends sessions and begins captures, one after the other: a capture may want the port that the
  // one before it still has.
  private final ExecutorService turns =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("sessions").factory());
  private @Nullable Session session;
  private @Nullable Listening listening;
  // A capture that takes the place of what is open once it listens.
  private @Nullable Listening starting;
  private boolean loaded;
  // Of the session: what would not be lost with it.
  private long savedRecords;
  private boolean discarded;

  /**
   * @param fxThread runs what it is given on the FX thread
   */
  OpenRecording(WindowModel model, Presenter presenter, Exports exports, Executor fxThread) {
    this.model = model;
    this.presenter = presenter;
    this.exports = exports;
    this.fxThread = fxThread;
  }

  @Nullable Session session() {
    return session;
  }

  /**
   * Opens one in the place of another, which {@link #mayLeave} was asked of; answers why it can
   * not, in one line, or nothing. What was open stays until a capture listens.
   */
  String show(Opener opener, Kind kind, Told told) {
    var listener = new Listening(told);
    Session opened;
    try {
      opened = opener.open(listener);
      listener.own = opened;
    } catch (IOException | InvalidSettingsException e) {
      String problem = String.valueOf(e.getMessage());
      say(Tone.BAD, problem, List.of());
      discarded = false; // What was open before still is.
      return problem;
    }
    withdraw();
    if (kind == Kind.LIVE) {
      begin(listener, opened);
    } else {
      take(listener, opened, kind);
      opened.start();
    }
    return "";
  }

  private void begin(Listening listener, Session capture) {
    starting = listener;
    model.notices().clear(SESSION);
    model.shown().capturingProperty().set(true);
    if (session instanceof LiveSession live) {
      live.end();
      turns.execute(live::stop);
    }
    turns.execute(capture::start);
  }

  private void take(Listening listener, Session opened, Kind kind) {
    leave();
    loaded = false;
    savedRecords = 0;
    discarded = false;
    session = opened;
    listening = listener;
    presenter.show(opened.recording());
    if (kind == Kind.FILES) {
      model.filter().filterBy(""); // It was of something else: perhaps of a source or a message.
    }
    model.shown().titleProperty().set(opened.title());
    model.shown().recordingProperty().set(true);
    model.shown().capturingProperty().set(kind == Kind.LIVE);
    model.shown().growingProperty().set(kind != Kind.FILES);
    model.changes().mark();
  }

  /** Opens nothing in the place of what is open, which {@link #mayLeave} was asked of. */
  void showNothing() {
    withdraw();
    leave();
    discarded = false;
    presenter.showNothing();
    model.filter().filterBy("");
    model.shown().titleProperty().set("");
    model.shown().recordingProperty().set(false);
    model.shown().capturingProperty().set(false);
    model.shown().growingProperty().set(false);
  }

  /** A capture that does not listen yet is not wanted any more; what is open stays. */
  private void withdraw() {
    Listening before = starting;
    starting = null;
    if (before != null) {
      before.told.withdrawn();
      Session capture = before.own;
      if (capture != null) {
        turns.execute(capture::close);
      }
    }
  }

  /** Takes no more records; what came stays open. */
  void stop() {
    if (session instanceof LiveSession live) {
      live.end();
      Workbench.elsewhere("capture-stop", live::stop);
    }
    withdraw();
    takesNoMore();
  }

  private void takesNoMore() {
    discarded = false; // It stays open.
    model.shown().capturingProperty().set(false);
    if (session instanceof LiveSession live) {
      model.shown().growingProperty().set(false);
      model.shown().titleProperty().set(live.endedTitle());
    }
  }

  /** Only what is still open has something to say. */
  private final class Listening implements Session.Listener {
    private final Told told;
    // What tells it.
    private @Nullable Session own;

    private Listening(Told told) {
      this.told = told;
    }

    @Override
    public void failed(String text) {
      run(
          () -> {
            told.failed(text);
            end(this, text, List.of());
          });
    }

    @Override
    public void notStarted(String text, boolean portTaken) {
      run(() -> end(this, text, told.notStarted(text, portTaken)));
    }

    @Override
    public void listening() {
      run(
          () -> {
            Session begun = own;
            if (starting == this && begun != null) {
              starting = null;
              take(this, begun, Kind.LIVE);
            }
            told.listening();
          });
    }

    private void run(Runnable what) {
      fxThread.execute(
          () -> {
            if (listening == this || starting == this) {
              what.run();
            }
          });
    }
  }

  private void end(Listening ended, String text, List<Action> actions) {
    if (starting == ended) {
      withdraw();
      takesNoMore();
    } else {
      model.shown().growingProperty().set(false);
      if (starting == null) {
        takesNoMore();
      }
    }
    say(Tone.BAD, text, actions);
  }

  /** Once, when all that was opened has been read, if there is something to say. */
  void sayLoaded() {
    Session shown = session;
    if (loaded || shown == null) {
      return;
    }
    Loading loading = shown.recording().loading();
    if (!loading.done() || loading.totalBytes() == 0) {
      return;
    }
    loaded = true;
    String read = Texts.count(shown.recording().recordCount()) + " records read";
    if (!loading.problem().isEmpty()) {
      say(Tone.BAD, loading.problem() + "; " + read, List.of());
    } else if (loading.skipped() > 0) {
      String blocks = loading.skipped() == 1 ? " block" : " blocks";
      String skipped = Texts.count(loading.skipped()) + blocks + " skipped; ";
      say(Tone.WARNING, skipped + read, List.of());
    }
  }

  private void say(Tone tone, String text, List<Action> actions) {
    model.notices().show(new Notice(SESSION, tone, text, actions));
  }

  /** So many records of a session are in a file now. */
  void saved(Session which, long records) {
    if (which.equals(session)) {
      savedRecords = records;
      model.notices().clear(UNSAVED);
    }
  }

  /**
   * Whether nothing is lost with what is open, or nobody wants it any more. If not, says what would
   * be, and offers to save it.
   *
   * @param label of the button that goes on: what it does
   * @param onDiscard asks the same again, and does it
   */
  boolean mayLeave(String label, Runnable onDiscard) {
    Session shown = session;
    long unsaved =
        shown == null || shown instanceof FileSession
            ? 0
            : shown.recording().recordCount() - savedRecords;
    if (unsaved <= 0 || discarded) {
      model.notices().clear(UNSAVED);
      return true;
    }
    String text = Texts.count(unsaved, "record") + " captured here would be lost";
    Runnable discard =
        () -> {
          discarded = true;
          onDiscard.run();
          discarded = starting != null; // Else it was left, or still is what is open.
        };
    List<Action> answers =
        List.of(
            new Action("Save first", model.shown()::chooseWhereToSave), new Action(label, discard));
    model.notices().ask(new Notice(UNSAVED, Tone.WARNING, text, answers));
    return false;
  }

  /** What was asked for is not wanted any more. */
  void withdrawQuestion() {
    model.notices().clear(UNSAVED);
  }

  private void leave() {
    Session before = session;
    Listening listener = listening;
    session = null;
    listening = null;
    model.notices().clear(SESSION);
    exports.forget();
    if (listener != null) {
      listener.told.left();
    }
    if (before != null) {
      List<Export> reading = exports.running();
      turns.execute(
          () -> {
            reading.forEach(Export::close);
            before.close();
          });
    }
  }

  /** Ends it; waits some seconds at most. */
  @Override
  public void close() {
    Session capture = starting == null ? null : starting.own;
    starting = null;
    listening = null; // Nobody hears of it any more.
    turns.shutdown();
    if (capture != null) {
      capture.close();
    }
    Session shown = session;
    if (shown != null) {
      shown.close();
    }
  }
}
