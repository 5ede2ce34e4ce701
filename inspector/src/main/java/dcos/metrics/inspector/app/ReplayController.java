// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.playback.Speed;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.inspector.replay.ReplayRun;
import dcos.metrics.inspector.replay.ReplayRun.Ending;
import dcos.metrics.inspector.replay.ReplayRun.Progress;
import dcos.metrics.inspector.viewmodel.ReplayModel;
import dcos.metrics.inspector.viewmodel.ReplayModel.Asked;
import dcos.metrics.inspector.viewmodel.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Sends what the panel asks for. FX thread only. */
final class Replays implements ReplayModel.Runner, AutoCloseable {
  /** This window's own pipeline, which may have to be started. */
  @FunctionalInterface
  interface Capture {
    /**
     * Has it take records; tells on the FX thread, now or later, one of the two.
     *
     * @param kafka whether it is to send to Kafka; else it runs dry
     */
    void begin(boolean kafka, Ready ready);
  }

  /** Told how it went. */
  interface Ready {
    void listens(Endpoint at);

    void failed(String reason);
  }

  /** The replay that was started last. */
  private sealed interface State {
    /** No replay is under way. */
    record Idle() implements State {}

    /** The replay waits until the capture takes records. */
    record Waiting(Attempt attempt) implements State {}

    /** The replay sends. */
    record Sending(Attempt attempt, ReplayRun run) implements State {}
  }

  private final Capture capture;
  private final Executor fxThread;
  private final ReplayModel model = new ReplayModel(this);
  private State state = new State.Idle();

  /**
   * @param fxThread runs what it is given on the FX thread
   */
  Replays(Capture capture, Executor fxThread) {
    this.capture = capture;
    this.fxThread = fxThread;
  }

  ReplayModel model() {
    return model;
  }

  @Override
  public Optional<String> start(Asked asked) {
    Speed speed;
    try {
      speed = Speed.parse(asked.speed());
    } catch (IllegalArgumentException e) {
      return Optional.of("speed " + ProgramLog.quote(asked.speed()) + ": " + e.getMessage());
    }
    switch (asked.target()) {
      case WINDOW -> capture.begin(asked.kafka(), waiting(asked.files(), speed));
      case HOST -> {
        Endpoint to;
        try {
          to = Endpoint.parse(asked.host());
          if (to.port() == 0) {
            throw new IllegalArgumentException("port must be 1 to 65535, was 0");
          }
        } catch (IllegalArgumentException e) {
          return Optional.of("to " + ProgramLog.quote(asked.host()) + ": " + e.getMessage());
        }
        waiting(asked.files(), speed).listens(to);
      }
    }
    return Optional.empty();
  }

  private Attempt waiting(List<Path> files, Speed speed) {
    var attempt = new Attempt(files, speed);
    state = new State.Waiting(attempt);
    return attempt;
  }

  @Override
  public void stop() {
    switch (state) {
      case State.Idle() -> {}
      case State.Waiting _ -> {
        state = new State.Idle();
        model.ended("Stopped before anything was sent");
      }
      case State.Sending(_, ReplayRun run) -> Workbench.elsewhere("replay-stop", run::close);
    }
  }

  /** One replay. What it reports after it was stopped, or another was started, is ignored. */
  private final class Attempt implements Ready, ReplayRun.Listener {
    private final List<Path> files;
    private final Speed speed;

    private Attempt(List<Path> files, Speed speed) {
      this.files = files;
      this.speed = speed;
    }

    @Override
    public void listens(Endpoint at) {
      switch (state) {
        case State.Waiting(Attempt attempt) when attempt == this -> {
          var run = new ReplayRun(files, at, speed, this);
          state = new State.Sending(this, run);
          run.start();
        }
        case State.Waiting _, State.Idle _, State.Sending _ -> {}
      }
    }

    @Override
    public void failed(String reason) {
      switch (state) {
        case State.Waiting(Attempt attempt) when attempt == this -> {
          state = new State.Idle();
          model.failed(reason);
        }
        case State.Waiting _, State.Idle _, State.Sending _ -> {}
      }
    }

    @Override
    public void progressed(Progress progress) {
      fxThread.execute(
          () -> {
            switch (state) {
              case State.Sending(Attempt attempt, _) when attempt == this ->
                  model.progressed(progress.share(), words(progress));
              case State.Sending _, State.Idle _, State.Waiting _ -> {}
            }
          });
    }

    @Override
    public void ended(Ending ending) {
      fxThread.execute(
          () -> {
            switch (state) {
              case State.Sending(Attempt attempt, _) when attempt == this -> {
                state = new State.Idle();
                end(ending);
              }
              case State.Sending _, State.Idle _, State.Waiting _ -> {}
            }
          });
    }
  }

  private void end(Ending ending) {
    switch (ending) {
      case Ending.Done(Progress progress, List<String> unsent) -> {
        model.progressed(1, words(progress));
        switch (unsent.size()) {
          case 0 -> model.ended("Sent " + sent(progress));
          case 1 -> model.failed(unsent.getFirst());
          default ->
              model.failed(
                  unsent.getFirst() + " (and for " + (unsent.size() - 1) + " more reasons)");
        }
      }
      case Ending.Stopped(Progress progress) -> model.ended("Stopped, sent " + sent(progress));
      case Ending.Failed(String reason, Progress progress) -> {
        model.progressed(progress.share(), "Sent " + sent(progress));
        model.failed(reason);
      }
    }
  }

  private static String words(Progress progress) {
    return String.format(Locale.ROOT, "%d%%, %s", (int) (progress.share() * 100), sent(progress));
  }

  private static String sent(Progress progress) {
    String bytes = Texts.bytes(progress.bytes());
    long records = progress.records();
    return records == 0
        ? bytes
        : Texts.count(records) + (records == 1 ? " record, " : " records, ") + bytes;
  }

  /** Stops the replay; waits a few seconds at most. */
  @Override
  public void close() {
    State last = state;
    state = new State.Idle();
    switch (last) {
      case State.Sending(_, ReplayRun run) -> run.close();
      case State.Idle _, State.Waiting _ -> {}
    }
  }
}
