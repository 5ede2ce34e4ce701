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
import dcos.metrics.inspector.model.Limits;
import dcos.metrics.inspector.model.Recording;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The collector's own pipeline, in this process. */
public final class LiveSession implements Session {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final Endpoint listen;
  private final boolean sends;
  private final Listener listener;
  private final Recording recording;
  private final Pipeline pipeline;
  // Written under this, read by all: whoever shows them must not wait for a start or a stop.
  private volatile @Nullable Endpoint endpoint;
  private volatile boolean capturing;
  // Written and read by all.
  private volatile boolean ending;
  // Guarded by this.
  private boolean stopped;
  private boolean closed;

  /**
   * Starts nothing.
   *
   * @param temporary where the recording may keep its bytes
   * @throws IOException if the folder for them cannot be made
   * @throws InvalidSettingsException if the values contradict each other
   */
  public LiveSession(OptionValues values, String version, Path temporary, Listener listener)
      throws IOException, InvalidSettingsException {
    Settings settings = values.settings();
    this.listen = settings.input().listen();
    this.sends = settings.kafka().enabled();
    this.listener = listener;
    this.recording = new Recording(Limits.DEFAULT, temporary);
    this.pipeline =
        new Pipeline(
            settings,
            Pipeline.settingLines(values),
            version,
            ProgramLog::writeLine,
            listener::failed);
  }

  @Override
  public Recording recording() {
    return recording;
  }

  @Override
  public String title() {
    return "live " + endpoint();
  }

  /** Its title once nothing is taken any more. */
  public String endedTitle() {
    return "captured " + endpoint();
  }

  /** Whether it takes records now, and is to. */
  public boolean isCapturing() {
    return capturing && !ending;
  }

  /** It is to take no more: {@link #stop} follows, which may wait. */
  public void end() {
    ending = true;
  }

  /** Whether it sends to Kafka, rather than running dry. */
  public boolean sends() {
    return sends;
  }

  /** Where it listens, once it does. */
  public Endpoint endpoint() {
    Endpoint bound = endpoint;
    return bound == null ? listen : bound;
  }

  @Override
  public void start() {
    Thread.ofPlatform().daemon().name("capture-start").start(this::run);
  }

  private synchronized void run() {
    if (stopped) {
      return;
    }
    recording.start();
    // Ends with the pipeline.
    var _ = pipeline.listen(recording.sink());
    try {
      pipeline.check();
      pipeline.start();
      endpoint = pipeline.endpoint();
      capturing = true;
      listener.listening();
    } catch (IllegalArgumentException | IOException e) {
      var _ = pipeline.stop(Duration.ofSeconds(1));
      listener.notStarted(String.valueOf(e.getMessage()), isPortTaken(e));
    }
  }

  private boolean isPortTaken(Exception problem) {
    return listen.port() > 0
        && problem.getCause() instanceof BindException
        && String.valueOf(problem.getMessage()).startsWith(Options.LISTEN_ENDPOINT.name());
  }

  /** Takes no more, delivers what it has; the recording stays. Waits some seconds at most. */
  public synchronized void stop() {
    ending = true;
    stopped = true;
    if (capturing) {
      capturing = false;
      var _ = pipeline.stop(STOP_LIMIT);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      stop();
      recording.close();
    }
  }
}
