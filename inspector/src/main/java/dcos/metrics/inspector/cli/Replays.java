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
import org.jspecify.annotations.Nullable;

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

  private final Capture capture;
  private final Executor fxThread;
  private final ReplayModel model = new ReplayModel(this);
  // The one that was started last; null while none runs.
  private @Nullable Attempt attempt;

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
      case WINDOW -> {
        var waiting = new Attempt(asked.files(), speed);
        attempt = waiting;
        capture.begin(asked.kafka(), waiting);
      }
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
        var sending = new Attempt(asked.files(), speed);
        attempt = sending;
        sending.listens(to);
      }
    }
    return Optional.empty();
  }

  @Override
  public void stop() {
    Attempt current = attempt;
    if (current != null && current.run != null) {
      Workbench.elsewhere("replay-stop", current.run::close);
    } else if (current != null) {
      attempt = null;
      model.ended("Stopped before anything was sent");
    }
  }

  /** From when it was asked for until it has ended. */
  private final class Attempt implements Ready, ReplayRun.Listener {
    private final List<Path> files;
    private final Speed speed;
    private @Nullable ReplayRun run;

    private Attempt(List<Path> files, Speed speed) {
      this.files = files;
      this.speed = speed;
    }

    private boolean isOver() {
      return attempt != this;
    }

    @Override
    public void listens(Endpoint at) {
      if (!isOver() && run == null) {
        run = new ReplayRun(files, at, speed, this);
        run.start();
      }
    }

    @Override
    public void failed(String reason) {
      if (!isOver() && run == null) {
        attempt = null;
        model.failed(reason);
      }
    }

    @Override
    public void progressed(Progress progress) {
      fxThread.execute(
          () -> {
            if (!isOver()) {
              model.progressed(progress.share(), words(progress));
            }
          });
    }

    @Override
    public void ended(Ending ending) {
      fxThread.execute(
          () -> {
            if (!isOver()) {
              attempt = null;
              end(ending);
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

  /** Stops what is under way; waits some seconds at most. */
  @Override
  public void close() {
    Attempt current = attempt;
    attempt = null;
    if (current != null && current.run != null) {
      current.run.close();
    }
  }
}
