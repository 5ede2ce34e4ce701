// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.collector.cli.Version;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.emitter.Emitter;
import dcos.metrics.inspector.session.LiveSession;
import dcos.metrics.inspector.session.OpenResult;
import dcos.metrics.inspector.session.OpenState.Attached;
import dcos.metrics.inspector.session.OpenState.Capturing;
import dcos.metrics.inspector.session.OpenState.Empty;
import dcos.metrics.inspector.session.OpenState.Ended;
import dcos.metrics.inspector.session.OpenState.FileOpen;
import dcos.metrics.inspector.session.OpenState.Starting;
import dcos.metrics.inspector.session.StartResult;
import dcos.metrics.inspector.shell.WindowModel;
import dcos.metrics.inspector.workspace.NoticesModel.NoticeAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Captures here, with the settings that count: what is sent into a capture, and what can be done
 * where it does not start. FX thread only.
 */
final class CaptureController implements CaptureListener, AutoCloseable {
  private static final Duration EMITTER_PERIOD = Duration.ofMillis(100);
  private static final int EMITTER_BLOCK = 100;

  private final WindowModel model;
  private final OpenRecordingController opened;
  private final Path temporary;
  private final ReplayDestination replayed;
  private @Nullable Emitter emitter;
  // Of the capture that was begun last.
  private OptionValues begun;

  /**
   * @param replayed told what becomes of a capture
   * @param temporary where recordings may keep their bytes
   */
  CaptureController(
      WindowModel model,
      OpenRecordingController opened,
      ReplayDestination replayed,
      Path temporary) {
    this.model = model;
    this.opened = opened;
    this.replayed = replayed;
    this.temporary = temporary;
    this.begun = model.settings().values();
    tellWhere(settings().input().listen());
    model
        .shown()
        .capturingProperty()
        .subscribe(
            on -> {
              if (!on) {
                model.start().emit(false); // Nothing is there to send to.
              }
            });
  }

  private boolean isEmitting() {
    return model.start().emittingProperty().get();
  }

  /** Those that count. */
  Settings settings() {
    return settings(model.settings().values());
  }

  private static Settings settings(OptionValues values) {
    try {
      return values.settings();
    } catch (InvalidSettingsException e) {
      throw new IllegalStateException("only what was checked counts", e);
    }
  }

  void capture(boolean on) {
    if (on) {
      ask(model.settings().values());
    } else {
      opened.stop();
    }
  }

  private void ask(OptionValues values) {
    if (opened.mayLeave("Discard and capture", () -> ask(values))) {
      capture(values);
    }
  }

  /** Starts a capture in the place of what is open, or shows why it cannot be started. */
  void capture(OptionValues values) {
    opened.showRefusal(start(values));
  }

  /** The same for a replay, which shows the reason too. */
  OpenResult captureReplayed(OptionValues values) {
    OpenResult result = start(values);
    opened.showRefusal(result);
    return result;
  }

  private OpenResult start(OptionValues values) {
    OpenResult result =
        opened.startCapture(
            listener -> new LiveSession(values, Version.read(), temporary, listener));
    switch (result) {
      case OpenResult.Opened() -> {
        begun = values;
        tellWhere(settings(values).input().listen());
        stopEmitter(); // Until this one listens.
      }
      case OpenResult.Refused _ -> {}
    }
    return result;
  }

  /** Whether a capture runs or starts that these values would not change. */
  boolean isAlready(OptionValues values) {
    return opened.state().isCapturing() && settings(values).equals(settings(begun));
  }

  @Override
  public void listening(LiveSession capture) {
    tellWhere(capture.endpoint());
    replayed.listens(capture.endpoint());
    if (emitter == null && isEmitting()) {
      emit(model.start().rateProperty().get());
    }
  }

  @Override
  public List<NoticeAction> notStarted(StartResult.NotStarted result) {
    failed(result.reason());
    boolean emitting = isEmitting();
    return List.of(
        new NoticeAction("Try again", () -> again(begun, emitting)),
        switch (result.cause()) {
          case PORT_TAKEN -> new NoticeAction("Another port", () -> captureElsewhere(emitting));
          case OTHER -> new NoticeAction("Settings", model.settings()::offer);
        });
  }

  private void captureElsewhere(boolean emitting) {
    Endpoint free = new Endpoint(settings().input().listen().host(), 0);
    OptionValues values = model.settings().values();
    model.settings().use(values.with(Options.LISTEN_ENDPOINT, free.toString()));
    again(begun.with(Options.LISTEN_ENDPOINT, free.toString()), emitting);
  }

  /** As it was tried before, which for a replay is not as the settings say. */
  private void again(OptionValues values, boolean emitting) {
    if (opened.mayLeave("Discard and capture", () -> again(values, emitting))) {
      OpenResult result = start(values);
      switch (result) {
        case OpenResult.Opened() -> model.start().emit(emitting);
        case OpenResult.Refused _ -> opened.showRefusal(result);
      }
    }
  }

  @Override
  public void failed(String text) {
    replayed.failed(text);
  }

  @Override
  public void left() {
    stopEmitter();
  }

  @Override
  public void withdrawn() {
    replayed.failed("something else was asked for");
  }

  /**
   * Sends sample records into the capture, and starts one if there is none.
   *
   * @param recordsPerSecond 0 stops sending
   */
  void emit(double recordsPerSecond) {
    Emitter running = emitter;
    if (recordsPerSecond <= 0) {
      stopEmitter();
    } else if (running != null) {
      running.setRate(recordsPerSecond);
    } else {
      switch (opened.state()) {
        case Capturing(LiveSession live, _) -> startEmitter(live.endpoint(), recordsPerSecond);
        case Starting _ -> {} // Sends once the capture listens.
        case Empty _, FileOpen _, Attached _, Ended _ -> capture(true);
      }
    }
  }

  private void startEmitter(Endpoint to, double recordsPerSecond) {
    var started =
        new Emitter(
            new Emitter.Settings(
                to.host(), to.port(), "sample", EMITTER_PERIOD, recordsPerSecond, EMITTER_BLOCK),
            _ -> {});
    started.start();
    emitter = started;
  }

  private void stopEmitter() {
    Emitter running = emitter;
    emitter = null;
    if (running != null) {
      AppController.elsewhere("emitter-stop", running::close);
    }
  }

  /** A command that sends something to here. */
  private void tellWhere(Endpoint listen) {
    model
        .start()
        .commandProperty()
        .set("nc " + listen.host() + " " + listen.port() + " < metrics.avro");
  }

  /** Stops what is sent; the capture goes with its recording. */
  @Override
  public void close() {
    Emitter running = emitter;
    if (running != null) {
      running.close();
    }
  }
}
