// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.inspector.export.ExportTask;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.format.StatusTone;
import dcos.metrics.inspector.recording.state.LoadingProgress;
import dcos.metrics.inspector.session.AttachedSession;
import dcos.metrics.inspector.session.FileSession;
import dcos.metrics.inspector.session.GrowingSession;
import dcos.metrics.inspector.session.LeaveResult;
import dcos.metrics.inspector.session.LiveSession;
import dcos.metrics.inspector.session.OpenResult;
import dcos.metrics.inspector.session.OpenState;
import dcos.metrics.inspector.session.OpenState.Attached;
import dcos.metrics.inspector.session.OpenState.Capturing;
import dcos.metrics.inspector.session.OpenState.Empty;
import dcos.metrics.inspector.session.OpenState.Ended;
import dcos.metrics.inspector.session.OpenState.FileOpen;
import dcos.metrics.inspector.session.OpenState.Reading;
import dcos.metrics.inspector.session.OpenState.Recorded;
import dcos.metrics.inspector.session.OpenState.Settled;
import dcos.metrics.inspector.session.OpenState.Starting;
import dcos.metrics.inspector.session.Session;
import dcos.metrics.inspector.session.StartResult;
import dcos.metrics.inspector.session.Transition;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import dcos.metrics.inspector.workspace.NoticesModel.WindowNotice;
import dcos.metrics.inspector.workspace.WindowState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Holds the {@link OpenState} of the window: starts, stops and closes sessions as it changes, and
 * shows it in the window's model. FX thread only.
 */
final class OpenRecordingController implements AutoCloseable {
  private static final String SESSION = "session";
  private static final String UNSAVED = "unsaved";

  /**
   * Creates a session, without starting it.
   *
   * @param <S> the kind of session
   */
  @FunctionalInterface
  interface SessionOpener<S extends Session> {
    /**
     * Creates the session.
     *
     * @throws IOException if it cannot be opened: one line
     * @throws InvalidSettingsException if the settings contradict each other: one line
     */
    S open(Session.SessionListener listener) throws IOException, InvalidSettingsException;
  }

  private final WindowModel model;
  private final RecordingController presenter;
  private final ExportController exports;
  private final Supplier<CaptureListener> captures;
  private final Executor fxThread;
  private final Session.SessionListener events = new Events();
  // Stops and closes sessions and starts captures, one after the other: a capture may need the port
  // of the one before it.
  private final ExecutorService sessions =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("sessions").factory());
  private OpenState state = new Empty();

  /**
   * Nothing is open.
   *
   * @param captures called once something happens to a capture, not before
   * @param fxThread runs tasks on the FX thread
   */
  OpenRecordingController(
      WindowModel model,
      RecordingController presenter,
      ExportController exports,
      Supplier<CaptureListener> captures,
      Executor fxThread) {
    this.model = model;
    this.presenter = presenter;
    this.exports = exports;
    this.captures = captures;
    this.fxThread = fxThread;
  }

  OpenState state() {
    return state;
  }

  /** Opens files in the place of what is open, after {@link #mayLeave} returned true. */
  OpenResult open(SessionOpener<FileSession> opener) {
    return open(
        opener,
        files -> {
          take(state.open(files), files);
          files.start();
        });
  }

  /** Attaches to a collector in the place of what is open, without asking. */
  OpenResult attach(SessionOpener<AttachedSession> opener) {
    return open(
        opener,
        collector -> {
          take(state.attach(collector), collector);
          collector.start();
        });
  }

  /**
   * Starts a capture, after {@link #mayLeave} returned true. What is open stays until the capture
   * listens, but if it is a capture, it takes no more records.
   */
  OpenResult startCapture(SessionOpener<LiveSession> opener) {
    return open(opener, this::start);
  }

  private <S extends Session> OpenResult open(SessionOpener<S> opener, Consumer<S> then) {
    S opened;
    try {
      opened = opener.open(events);
    } catch (IOException | InvalidSettingsException e) {
      state = state.ask(); // What was open before still is.
      return new OpenResult.Refused(String.valueOf(e.getMessage()));
    }
    then.accept(opened);
    return new OpenResult.Opened();
  }

  /** Shows why something was not opened. */
  void showRefusal(OpenResult result) {
    switch (result) {
      case OpenResult.Opened() -> {}
      case OpenResult.Refused(String reason) -> show(StatusTone.BAD, reason, List.of());
    }
  }

  private void start(LiveSession capture) {
    Starting next = state.start(capture);
    enter(next);
    model.notices().clear(SESSION);
    showState();
    switch (next.shown()) {
      case Capturing(LiveSession before, _) -> sessions.execute(before::stop);
      // It may still be stopping.
      case Ended(LiveSession before, _) -> sessions.execute(before::stop);
      case Ended(AttachedSession _, _), Attached _, FileOpen _, Empty _ -> {}
    }
    sessions.execute(capture::start);
  }

  /** Shows a session in the place of what is open. */
  private void take(Settled next, Session session) {
    replace(next);
    presenter.show(session.recording());
    switch (next) {
      // The filter was of something else: perhaps of a source or a message.
      case FileOpen _ -> model.filter().filterBy("");
      case Empty _, Recorded _ -> {}
    }
    showState();
    model.changes().mark();
  }

  /** Shows the start page in the place of what is open, after {@link #mayLeave} returned true. */
  void showNothing() {
    replace(state.close());
    presenter.showNothing();
    model.filter().filterBy("");
    showState();
  }

  /** Takes no more records, and cancels a capture that is starting; the recording stays open. */
  void stop() {
    switch (state) {
      case Starting starting -> enter(starting.withdraw());
      case Capturing capturing -> {
        enter(capturing.end());
        AppController.elsewhere("capture-stop", capturing.session()::stop);
      }
      case Empty _, FileOpen _, Attached _, Ended _ -> {}
    }
    showState();
  }

  /** Changes the state, and closes what is open. */
  private void replace(Settled next) {
    OpenState before = state;
    enter(next);
    model.notices().clear(SESSION);
    exports.forget();
    before.openSession().ifPresent(this::leave);
  }

  /** Changes the state, and closes a capture that the next one does not hold. */
  private void enter(OpenState next) {
    OpenState before = state;
    state = next;
    before.startingCapture().filter(capture -> !next.holds(capture)).ifPresent(this::withdraw);
  }

  private void withdraw(LiveSession capture) {
    captures.get().withdrawn();
    sessions.execute(capture::close);
  }

  private void leave(Session session) {
    switch (session) {
      case LiveSession _ -> captures.get().left();
      case FileSession _, AttachedSession _ -> {}
    }
    List<ExportTask> reading = exports.running();
    sessions.execute(
        () -> {
          reading.forEach(ExportTask::close);
          session.close();
        });
  }

  private void showState() {
    WindowState shown = model.shown();
    shown.titleProperty().set(state.title().orElse(""));
    shown.recordingProperty().set(state.openSession().isPresent());
    shown.capturingProperty().set(state.isCapturing());
    shown.growingProperty().set(state.isGrowing());
  }

  /** Brings the events of sessions to the FX thread. */
  private final class Events implements Session.SessionListener {
    @Override
    public void started(LiveSession capture, StartResult result) {
      fxThread.execute(
          () -> {
            switch (result) {
              case StartResult.Listening(_) -> onListening(capture);
              case StartResult.NotStarted failure ->
                  onEnd(capture, failure.reason(), () -> captures.get().notStarted(failure));
            }
          });
    }

    @Override
    public void failed(GrowingSession session, String reason) {
      fxThread.execute(
          () ->
              onEnd(
                  session,
                  reason,
                  () -> {
                    switch (session) {
                      case LiveSession capture -> {
                        captures.get().failed(reason);
                        AppController.elsewhere("capture-stop", capture::stop);
                      }
                      case AttachedSession _ -> {}
                    }
                    return List.of();
                  }));
    }
  }

  private void onListening(LiveSession capture) {
    switch (state.listening(capture)) {
      case Transition.Stale() -> {}
      case Transition.Entered(Capturing next) -> {
        take(next, capture);
        captures.get().listening(capture);
      }
    }
  }

  /**
   * Shows that nothing more arrives.
   *
   * @param actions called before that, unless the event is stale
   */
  private void onEnd(GrowingSession session, String reason, Supplier<List<NoticeAction>> actions) {
    switch (state.ended(session)) {
      case Transition.Stale() -> {}
      case Transition.Entered(OpenState next) -> {
        List<NoticeAction> offered = actions.get();
        enter(next);
        showState();
        show(StatusTone.BAD, reason, offered);
      }
    }
  }

  /** Shows what was skipped in files, once, when they were read to their end. */
  void showLoaded() {
    switch (state.settled()) {
      case FileOpen(FileSession files, Reading reading) -> {
        switch (reading) {
          case UNDER_WAY -> showLoaded(files);
          case DONE -> {}
        }
      }
      case Empty _, Recorded _ -> {}
    }
  }

  private void showLoaded(FileSession files) {
    LoadingProgress loading = files.recording().loading();
    if (!loading.done() || loading.totalBytes() == 0) {
      return;
    }
    state = state.read();
    String read = DisplayFormat.count(files.recording().recordCount()) + " records read";
    if (!loading.problem().isEmpty()) {
      show(StatusTone.BAD, loading.problem() + "; " + read, List.of());
    } else if (loading.skipped() > 0) {
      String blocks = loading.skipped() == 1 ? " block" : " blocks";
      String skipped = DisplayFormat.count(loading.skipped()) + blocks + " skipped; ";
      show(StatusTone.WARNING, skipped + read, List.of());
    }
  }

  private void show(StatusTone tone, String text, List<NoticeAction> actions) {
    model.notices().show(new WindowNotice(SESSION, tone, text, actions));
  }

  /** The first n records of a session are in a file now. */
  void saved(Session session, long records) {
    switch (state.saved(session, records)) {
      case Transition.Stale() -> {}
      case Transition.Entered(OpenState next) -> {
        state = next;
        model.notices().clear(UNSAVED);
      }
    }
  }

  /**
   * Whether what is open may be closed: nothing is lost with it, or the user agreed. If not, asks,
   * and offers to save it first.
   *
   * @param label of the button that discards the records: what follows
   * @param onDiscard called when the user agrees; calls this again, which then returns true
   */
  boolean mayLeave(String label, Runnable onDiscard) {
    return switch (state.leaving()) {
      case LeaveResult.Lossless() -> {
        model.notices().clear(UNSAVED);
        yield true;
      }
      case LeaveResult.Loses(long records) -> {
        String text = DisplayFormat.count(records, "record") + " captured here would be lost";
        List<NoticeAction> answers =
            List.of(
                new NoticeAction("Save first", model.shown()::chooseWhereToSave),
                new NoticeAction(label, () -> discard(onDiscard)));
        model.notices().ask(new WindowNotice(UNSAVED, StatusTone.WARNING, text, answers));
        yield false;
      }
    };
  }

  private void discard(Runnable onDiscard) {
    state = state.discard();
    onDiscard.run();
    state =
        switch (state) {
          case Starting starting -> starting.discard(); // Until it listens, or does not.
          case Settled settled -> settled.ask(); // Replaced, or still open.
        };
  }

  /** Removes the question of {@link #mayLeave}: what was asked for is not wanted any more. */
  void withdrawQuestion() {
    model.notices().clear(UNSAVED);
  }

  /** Closes the sessions; waits a few seconds at most. */
  @Override
  public void close() {
    OpenState last = state;
    state = new Empty(); // Every later event is stale.
    sessions.shutdown();
    last.startingCapture().ifPresent(LiveSession::close);
    last.openSession().ifPresent(Session::close);
  }
}
