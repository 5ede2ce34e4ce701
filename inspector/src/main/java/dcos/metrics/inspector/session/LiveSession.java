// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.session;

import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;

/** The collector's own pipeline, in this process. */
public final class LiveSession implements GrowingSession {
  private static final Duration START_FAILURE_LIMIT = Duration.ofSeconds(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** Where the pipeline is in its life; each phase follows only those above it. */
  private sealed interface CapturePhase {
    /** The pipeline does not listen yet. */
    record Unstarted() implements CapturePhase {}

    /** The pipeline takes records. */
    record ListeningPhase(Endpoint endpoint) implements CapturePhase {}

    /**
     * The pipeline takes no records, and cannot be started again; the recording is still open.
     *
     * @param endpoint where the pipeline listened; what was configured if it never did
     */
    record StoppedPhase(Endpoint endpoint) implements CapturePhase {}

    /** The recording is closed too. */
    record ClosedPhase(Endpoint endpoint) implements CapturePhase {}
  }

  private final Endpoint configured;
  private final boolean sends;
  private final SessionListener listener;
  private final Recording recording;
  private final Pipeline pipeline;
  // Written under this. Read without: a title must not wait for a start or a stop.
  private volatile CapturePhase phase = new CapturePhase.Unstarted();

  /**
   * Starts nothing.
   *
   * @param version of this program, sent to the agent
   * @param temporary the folder for the recording's temporary files
   * @throws IOException if a folder for them cannot be created
   * @throws InvalidSettingsException if the values contradict each other
   */
  public LiveSession(OptionValues values, String version, Path temporary, SessionListener listener)
      throws IOException, InvalidSettingsException {
    Settings settings = values.settings();
    this.configured = settings.input().listen();
    this.sends = settings.kafka().enabled();
    this.listener = listener;
    this.recording = new Recording(RecordingLimits.DEFAULT, temporary);
    this.pipeline =
        new Pipeline(
            settings,
            Pipeline.settingLines(values),
            version,
            ProgramLog::writeLine,
            reason -> listener.failed(this, reason));
  }

  @Override
  public Recording recording() {
    return recording;
  }

  @Override
  public String title() {
    return "live " + endpoint();
  }

  @Override
  public String endedTitle() {
    return "captured " + endpoint();
  }

  /** Whether the pipeline takes records. */
  boolean isListening() {
    return switch (phase) {
      case CapturePhase.ListeningPhase _ -> true;
      case CapturePhase.Unstarted _, CapturePhase.StoppedPhase _, CapturePhase.ClosedPhase _ ->
          false;
    };
  }

  /** Whether the pipeline sends to Kafka; otherwise it is a dry run. */
  public boolean sends() {
    return sends;
  }

  /** Where the pipeline listens, or listened; what was configured if it never did. */
  public Endpoint endpoint() {
    return switch (phase) {
      case CapturePhase.Unstarted() -> configured;
      case CapturePhase.ListeningPhase(Endpoint bound) -> bound;
      case CapturePhase.StoppedPhase(Endpoint bound) -> bound;
      case CapturePhase.ClosedPhase(Endpoint bound) -> bound;
    };
  }

  @Override
  public void start() {
    Thread.ofPlatform().daemon().name("capture-start").start(this::run);
  }

  private synchronized void run() {
    switch (phase) {
      case CapturePhase.Unstarted() -> listener.started(this, listen());
      // Stopped before this thread ran: nobody waits for a result.
      case CapturePhase.ListeningPhase _,
          CapturePhase.StoppedPhase _,
          CapturePhase.ClosedPhase _ -> {}
    }
  }

  private StartResult listen() {
    recording.start();
    // Ends with the pipeline.
    var _ = pipeline.listen(recording.sink());
    try {
      pipeline.check();
      pipeline.start();
    } catch (IllegalArgumentException | IOException e) {
      phase = new CapturePhase.StoppedPhase(configured);
      var _ = pipeline.stop(START_FAILURE_LIMIT);
      return new StartResult.NotStarted(String.valueOf(e.getMessage()), cause(e));
    }
    var listening = new CapturePhase.ListeningPhase(pipeline.endpoint());
    phase = listening;
    return new StartResult.Listening(listening.endpoint());
  }

  private StartResult.Cause cause(Exception problem) {
    boolean portTaken =
        configured.port() > 0
            && problem.getCause() instanceof BindException
            && String.valueOf(problem.getMessage()).startsWith(Options.LISTEN_ENDPOINT.name());
    return portTaken ? StartResult.Cause.PORT_TAKEN : StartResult.Cause.OTHER;
  }

  /**
   * Takes no more records and delivers those it has; the recording stays open. Waits a few seconds
   * at most. Idempotent; a capture that was not started yet never is.
   */
  public synchronized void stop() {
    switch (phase) {
      case CapturePhase.Unstarted() -> phase = new CapturePhase.StoppedPhase(configured);
      case CapturePhase.ListeningPhase(Endpoint bound) -> {
        phase = new CapturePhase.StoppedPhase(bound);
        var _ = pipeline.stop(STOP_LIMIT);
      }
      case CapturePhase.StoppedPhase _, CapturePhase.ClosedPhase _ -> {}
    }
  }

  @Override
  public synchronized void close() {
    stop();
    switch (phase) {
      case CapturePhase.ClosedPhase _ -> {}
      case CapturePhase.Unstarted _, CapturePhase.ListeningPhase _, CapturePhase.StoppedPhase _ -> {
        phase = new CapturePhase.ClosedPhase(endpoint());
        recording.close();
      }
    }
  }
}
