// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.inspector.export.Export;
import dcos.metrics.inspector.model.captured.Loading;
import dcos.metrics.inspector.presenter.Presenter;
import dcos.metrics.inspector.session.FileSession;
import dcos.metrics.inspector.session.Session;
import dcos.metrics.inspector.viewmodel.Notices.Action;
import dcos.metrics.inspector.viewmodel.Notices.Notice;
import dcos.metrics.inspector.viewmodel.Texts;
import dcos.metrics.inspector.viewmodel.Tone;
import dcos.metrics.inspector.viewmodel.WindowModel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
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

    /** It takes records now. */
    default void listening() {}

    /** It could not begin, and waits to be told what can be done about it. */
    default List<Action> notStarted(String text, boolean portTaken) {
      return List.of();
    }

    /** Nothing comes in any more. */
    default void failed(String text) {}

    /** Another takes its place. */
    default void replaced() {}
  }

  private final WindowModel model;
  private final Presenter presenter;
  private final Exports exports;
  private final Executor fxThread;
  private @Nullable Session session;
  private @Nullable Listening listening;
  // Ends the one before.
  private @Nullable Thread closing;
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

  /** Opens one in the place of another; answers why it can not, in one line, or nothing. */
  String show(Opener opener, Kind kind, Told told) {
    if (!mayLeave("Discard them", () -> show(opener, kind, told))) {
      return "what was captured here is not saved";
    }
    var listener = new Listening(told);
    Session opened;
    try {
      opened = opener.open(listener);
    } catch (IOException | InvalidSettingsException e) {
      String problem = String.valueOf(e.getMessage());
      say(Tone.BAD, problem, List.of());
      discarded = false; // What was open before still is.
      return problem;
    }
    leave();
    model.notices().clear(SESSION);
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
    start(opened, kind);
    model.changes().mark();
    return "";
  }

  private void start(Session opened, Kind kind) {
    Thread before = closing;
    if (kind != Kind.LIVE || before == null || !before.isAlive()) {
      opened.start();
      return;
    }
    // It may want the port that the one before still has.
    Workbench.elsewhere(
        "session-start",
        () -> {
          try {
            before.join();
            opened.start();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Only what is still open has something to say. */
  private final class Listening implements Session.Listener {
    private final Told told;

    private Listening(Told told) {
      this.told = told;
    }

    @Override
    public void failed(String text) {
      run(
          () -> {
            end(text, List.of());
            told.failed(text);
          });
    }

    @Override
    public void notStarted(String text, boolean portTaken) {
      run(() -> end(text, told.notStarted(text, portTaken)));
    }

    @Override
    public void listening() {
      run(told::listening);
    }

    private void run(Runnable what) {
      fxThread.execute(
          () -> {
            if (listening == this) {
              what.run();
            }
          });
    }
  }

  private void end(String text, List<Action> actions) {
    model.shown().capturingProperty().set(false);
    model.shown().growingProperty().set(false);
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
   * be.
   *
   * @param label of the button that goes on
   * @param onDiscard what it does
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
    String text =
        Texts.count(unsaved)
            + (unsaved == 1 ? " record" : " records")
            + " captured here would be lost: Ctrl+S saves the recording";
    Runnable discard =
        () -> {
          discard();
          onDiscard.run();
        };
    model
        .notices()
        .show(new Notice(UNSAVED, Tone.WARNING, text, List.of(new Action(label, discard))));
    return false;
  }

  /** What is open is not wanted any more. */
  void discard() {
    discarded = true;
  }

  private void leave() {
    Session before = session;
    Listening listener = listening;
    session = null;
    listening = null;
    if (listener != null) {
      listener.told.replaced();
    }
    if (before != null) {
      List<Export> reading = exports.running();
      closing =
          Workbench.elsewhere(
              "session-close",
              () -> {
                reading.forEach(Export::close);
                before.close();
              });
    }
  }

  /** Ends it; waits some seconds at most. */
  @Override
  public void close() {
    Session shown = session;
    if (shown != null) {
      shown.close();
    }
  }
}
