// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.playback.Speed;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.inspector.format.DisplayFormat;
import dcos.metrics.inspector.replay.ReplayModel;
import dcos.metrics.inspector.replay.ReplayModel.ReplayRequest;
import dcos.metrics.inspector.replay.ReplayTask;
import dcos.metrics.inspector.replay.ReplayTask.ReplayResult;
import dcos.metrics.inspector.replay.ReplayTask.SendProgress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Sends what the panel asks for. FX thread only. */
final class ReplayController implements ReplayModel.ReplayRunner, AutoCloseable {
  /** This window's own pipeline, which may have to be started. */
  @FunctionalInterface
  interface CaptureTarget {
    /**
     * Has it take records; tells on the FX thread, now or later, one of the two.
     *
     * @param kafka whether it is to send to Kafka; else it runs dry
     */
    void begin(boolean kafka, CaptureReadyListener ready);
  }

  /** Told how it went. */
  interface CaptureReadyListener {
    void listens(Endpoint at);

    void failed(String reason);
  }

  /** The replay that was started last. */
  private sealed interface ReplayState {
    /** No replay is under way. */
    record Idle() implements ReplayState {}

    /** The replay waits until the capture takes records. */
    record Waiting(ReplayAttempt attempt) implements ReplayState {}

    /** The replay sends. */
    record Sending(ReplayAttempt attempt, ReplayTask run) implements ReplayState {}
  }

  private final CaptureTarget capture;
  private final Executor fxThread;
  private final ReplayModel model = new ReplayModel(this);
  private ReplayState state = new ReplayState.Idle();

  /**
   * @param fxThread runs what it is given on the FX thread
   */
  ReplayController(CaptureTarget capture, Executor fxThread) {
    this.capture = capture;
    this.fxThread = fxThread;
  }

  ReplayModel model() {
    return model;
  }

  @Override
  public Optional<String> start(ReplayRequest asked) {
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

  private ReplayAttempt waiting(List<Path> files, Speed speed) {
    var attempt = new ReplayAttempt(files, speed);
    state = new ReplayState.Waiting(attempt);
    return attempt;
  }

  @Override
  public void stop() {
    switch (state) {
      case ReplayState.Idle() -> {}
      case ReplayState.Waiting _ -> {
        state = new ReplayState.Idle();
        model.ended("Stopped before anything was sent");
      }
      case ReplayState.Sending(_, ReplayTask run) ->
          AppController.elsewhere("replay-stop", run::close);
    }
  }

  /** One replay. What it reports after it was stopped, or another was started, is ignored. */
  private final class ReplayAttempt implements CaptureReadyListener, ReplayTask.ReplayListener {
    private final List<Path> files;
    private final Speed speed;

    private ReplayAttempt(List<Path> files, Speed speed) {
      this.files = files;
      this.speed = speed;
    }

    @Override
    public void listens(Endpoint at) {
      switch (state) {
        case ReplayState.Waiting(ReplayAttempt attempt) when attempt == this -> {
          var run = new ReplayTask(files, at, speed, this);
          state = new ReplayState.Sending(this, run);
          run.start();
        }
        case ReplayState.Waiting _, ReplayState.Idle _, ReplayState.Sending _ -> {}
      }
    }

    @Override
    public void failed(String reason) {
      switch (state) {
        case ReplayState.Waiting(ReplayAttempt attempt) when attempt == this -> {
          state = new ReplayState.Idle();
          model.failed(reason);
        }
        case ReplayState.Waiting _, ReplayState.Idle _, ReplayState.Sending _ -> {}
      }
    }

    @Override
    public void progressed(SendProgress progress) {
      fxThread.execute(
          () -> {
            switch (state) {
              case ReplayState.Sending(ReplayAttempt attempt, _) when attempt == this ->
                  model.progressed(progress.share(), words(progress));
              case ReplayState.Sending _, ReplayState.Idle _, ReplayState.Waiting _ -> {}
            }
          });
    }

    @Override
    public void ended(ReplayResult ending) {
      fxThread.execute(
          () -> {
            switch (state) {
              case ReplayState.Sending(ReplayAttempt attempt, _) when attempt == this -> {
                state = new ReplayState.Idle();
                end(ending);
              }
              case ReplayState.Sending _, ReplayState.Idle _, ReplayState.Waiting _ -> {}
            }
          });
    }
  }

  private void end(ReplayResult ending) {
    switch (ending) {
      case ReplayResult.Replayed(SendProgress progress, List<String> unsent) -> {
        model.progressed(1, words(progress));
        switch (unsent.size()) {
          case 0 -> model.ended("Sent " + sent(progress));
          case 1 -> model.failed(unsent.getFirst());
          default ->
              model.failed(
                  unsent.getFirst() + " (and for " + (unsent.size() - 1) + " more reasons)");
        }
      }
      case ReplayResult.ReplayStopped(SendProgress progress) ->
          model.ended("Stopped, sent " + sent(progress));
      case ReplayResult.ReplayFailed(String reason, SendProgress progress) -> {
        model.progressed(progress.share(), "Sent " + sent(progress));
        model.failed(reason);
      }
    }
  }

  private static String words(SendProgress progress) {
    return String.format(Locale.ROOT, "%d%%, %s", (int) (progress.share() * 100), sent(progress));
  }

  private static String sent(SendProgress progress) {
    String bytes = DisplayFormat.bytes(progress.bytes());
    long records = progress.records();
    return records == 0
        ? bytes
        : DisplayFormat.count(records) + (records == 1 ? " record, " : " records, ") + bytes;
  }

  /** Stops the replay; waits a few seconds at most. */
  @Override
  public void close() {
    ReplayState last = state;
    state = new ReplayState.Idle();
    switch (last) {
      case ReplayState.Sending(_, ReplayTask run) -> run.close();
      case ReplayState.Idle _, ReplayState.Waiting _ -> {}
    }
  }
}
