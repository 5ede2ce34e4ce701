// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import java.util.Optional;

/**
 * What a window has open: at most one recording, and at most one capture that takes the window once
 * it listens.
 *
 * <pre>
 * any state               opens files          FileOpen
 * any state               attaches             Attached
 * any state               starts a capture     Starting
 * any state               closes               Empty
 * Starting                the capture listens  Capturing
 * Starting                it is withdrawn,     the state before; Ended in the place of Capturing
 *                         or cannot start
 * Capturing, Attached     it ends              Ended
 * </pre>
 *
 * <p>A transition that is legal in some states only is a method of those states. Events, which
 * threads of a session report, may come too late: they return a {@link Transition}.
 *
 * <p>Immutable and thread-safe. A transition has no effect but its result: the owner of the state
 * starts, stops and closes the sessions.
 */
public sealed interface OpenState {
  /** A state without a start under way. */
  sealed interface Settled extends OpenState {}

  /** Nothing is open: the start page shows. */
  record Empty() implements Settled {}

  /** Files are open. */
  record FileOpen(FileSession session, Reading reading) implements Settled {}

  /** How far files are read. */
  enum Reading {
    UNDER_WAY,
    DONE
  }

  /** A recording is open that another source than files fills, or has filled. */
  sealed interface Recorded extends Settled {
    /** The recording and its source. */
    GrowingSession session();

    /** Which of its records would be lost with it. */
    UnsavedRecords unsaved();

    /** The same state, where other records would be lost. */
    Recorded with(UnsavedRecords other);

    /** Nothing more arrives; the recording stays open. */
    Ended end();
  }

  /** A collector that runs elsewhere fills the recording. */
  record Attached(AttachedSession session, UnsavedRecords unsaved) implements Recorded {
    @Override
    public Attached with(UnsavedRecords other) {
      return new Attached(session, other);
    }

    @Override
    public Ended end() {
      return new Ended(session, unsaved);
    }
  }

  /** The pipeline of this process fills the recording. */
  record Capturing(LiveSession session, UnsavedRecords unsaved) implements Recorded {
    @Override
    public Capturing with(UnsavedRecords other) {
      return new Capturing(session, other);
    }

    @Override
    public Ended end() {
      return new Ended(session, unsaved);
    }
  }

  /** The source has ended. */
  record Ended(GrowingSession session, UnsavedRecords unsaved) implements Recorded {
    @Override
    public Ended with(UnsavedRecords other) {
      return new Ended(session, other);
    }

    @Override
    public Ended end() {
      return this;
    }
  }

  /**
   * A capture is starting.
   *
   * @param shown stays open until the capture listens. If it is {@link Capturing}, it is being
   *     stopped: its port may be the one that the new capture needs.
   */
  record Starting(Settled shown, LiveSession capture) implements OpenState {
    /** The capture is not wanted any more, or cannot start; what was open stays. */
    public Settled withdraw() {
      return switch (shown) {
        case Capturing capturing -> asking(capturing.end());
        case Empty _, FileOpen _, Attached _, Ended _ -> asking(shown);
      };
    }
  }

  /** The state of the recording that shows. */
  default Settled settled() {
    return switch (this) {
      case Starting(Settled shown, _) -> shown;
      case Settled settled -> settled;
    };
  }

  /** The session of the recording that shows; empty on the start page. */
  default Optional<Session> openSession() {
    return switch (settled()) {
      case Empty() -> Optional.empty();
      case FileOpen(FileSession session, _) -> Optional.of(session);
      case Recorded recorded -> Optional.of(recorded.session());
    };
  }

  /** The capture that does not listen yet. */
  default Optional<LiveSession> startingCapture() {
    return switch (this) {
      case Starting(_, LiveSession capture) -> Optional.of(capture);
      case Settled _ -> Optional.empty();
    };
  }

  /** Whether a session is open or starting. */
  default boolean holds(Session wanted) {
    return isOpen(wanted) || isStarting(wanted);
  }

  private boolean isOpen(Session wanted) {
    return openSession().filter(wanted::equals).isPresent();
  }

  private boolean isStarting(Session wanted) {
    return startingCapture().filter(wanted::equals).isPresent();
  }

  /** The title of the recording that shows; empty on the start page. */
  default Optional<String> title() {
    return switch (settled()) {
      case Empty() -> Optional.empty();
      case FileOpen(FileSession session, _) -> Optional.of(session.title());
      case Attached(AttachedSession session, _) -> Optional.of(session.title());
      case Capturing(LiveSession session, _) -> Optional.of(session.title());
      case Ended(GrowingSession session, _) -> Optional.of(session.endedTitle());
    };
  }

  /** Whether a capture runs or starts. */
  default boolean isCapturing() {
    return switch (this) {
      case Starting _, Capturing _ -> true;
      case Empty _, FileOpen _, Attached _, Ended _ -> false;
    };
  }

  /** Whether records may still be added to the recording that shows. */
  default boolean isGrowing() {
    return switch (settled()) {
      case Capturing _, Attached _ -> true;
      case Empty _, FileOpen _, Ended _ -> false;
    };
  }

  /** What is lost when something else takes the place of the recording that shows. */
  default LeaveResult leaving() {
    return switch (settled()) {
      case Empty _, FileOpen _ -> new LeaveResult.Lossless();
      case Recorded recorded ->
          recorded.unsaved().leaving(recorded.session().recording().recordCount());
    };
  }

  /** Files take the place of everything. */
  default FileOpen open(FileSession files) {
    return new FileOpen(files, Reading.UNDER_WAY);
  }

  /** A collector that runs elsewhere takes the place of everything. */
  default Attached attach(AttachedSession collector) {
    return new Attached(collector, UnsavedRecords.ALL);
  }

  /** A capture starts, in the place of another that does not listen yet. */
  default Starting start(LiveSession capture) {
    return new Starting(settled(), capture);
  }

  /** Nothing takes the place of everything. */
  default Empty close() {
    return new Empty();
  }

  /** The user agreed to lose the records that are in no file. */
  default OpenState discard() {
    return show(withAnswer(settled(), UnsavedRecords.OnLeave.DISCARD));
  }

  /** The user is asked before records are lost. */
  default OpenState ask() {
    return show(asking(settled()));
  }

  private static Settled asking(Settled state) {
    return withAnswer(state, UnsavedRecords.OnLeave.ASK);
  }

  private static Settled withAnswer(Settled state, UnsavedRecords.OnLeave answer) {
    return switch (state) {
      case Empty _, FileOpen _ -> state;
      case Recorded recorded -> recorded.with(recorded.unsaved().with(answer));
    };
  }

  /** Files were read to their end, or cannot be. Changes nothing unless files are open. */
  default OpenState read() {
    return switch (settled()) {
      case FileOpen(FileSession files, _) -> show(new FileOpen(files, Reading.DONE));
      case Empty _, Recorded _ -> this;
    };
  }

  /** The same state, in which something else shows. */
  private OpenState show(Settled shown) {
    return switch (this) {
      case Starting(_, LiveSession capture) -> new Starting(shown, capture);
      case Settled _ -> shown;
    };
  }

  /** A capture takes records: {@link Capturing}, if it was starting. */
  default Transition<Capturing> listening(LiveSession capture) {
    return isStarting(capture)
        ? new Transition.Entered<>(new Capturing(capture, UnsavedRecords.ALL))
        : new Transition.Stale<>();
  }

  /**
   * A source has ended: {@link Ended}, if its recording shows; what shows, if the source is a
   * capture that was starting.
   */
  default Transition<OpenState> ended(GrowingSession source) {
    return switch (this) {
      case Starting starting when isStarting(source) ->
          new Transition.Entered<>(starting.withdraw());
      case Starting(Recorded shown, _) when isOpen(source) ->
          new Transition.Entered<>(show(shown.end()));
      case Recorded recorded when isOpen(source) -> new Transition.Entered<>(recorded.end());
      case Starting _, Empty _, FileOpen _, Recorded _ -> new Transition.Stale<>();
    };
  }

  /**
   * A file was written with the records of a session.
   *
   * @param records how many, from the first
   */
  default Transition<OpenState> saved(Session session, long records) {
    if (!isOpen(session)) {
      return new Transition.Stale<>();
    }
    return switch (settled()) {
      case Empty _, FileOpen _ -> new Transition.Entered<>(this); // Nothing of it was unsaved.
      case Recorded recorded ->
          new Transition.Entered<>(show(recorded.with(recorded.unsaved().withSaved(records))));
    };
  }
}
