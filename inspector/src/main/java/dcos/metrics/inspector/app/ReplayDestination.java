// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.app;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.inspector.session.LiveSession;
import dcos.metrics.inspector.session.OpenResult;
import dcos.metrics.inspector.session.OpenState;
import dcos.metrics.inspector.session.OpenState.Attached;
import dcos.metrics.inspector.session.OpenState.Capturing;
import dcos.metrics.inspector.session.OpenState.Empty;
import dcos.metrics.inspector.session.OpenState.Ended;
import dcos.metrics.inspector.session.OpenState.FileOpen;
import dcos.metrics.inspector.session.OpenState.Starting;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a replay goes in this window: into the capture that runs, if that is of the kind that was
 * asked for, or into a new one. FX thread only.
 */
final class ReplayDestination implements ReplayController.CaptureTarget {
  private final Supplier<OptionValues> values;
  private final Supplier<OpenState> state;
  private final Function<OptionValues, OpenResult> capture;
  // Until the capture that was started for it listens, or does not.
  private ReplayController.@Nullable CaptureReadyListener waiting;

  /**
   * Does nothing yet.
   *
   * @param values the settings in force
   * @param state what is open
   * @param capture starts a capture in the place of what is open
   */
  ReplayDestination(
      Supplier<OptionValues> values,
      Supplier<OpenState> state,
      Function<OptionValues, OpenResult> capture) {
    this.values = values;
    this.state = state;
    this.capture = capture;
  }

  @Override
  public void begin(boolean kafka, ReplayController.CaptureReadyListener ready) {
    switch (state.get()) {
      case Capturing(LiveSession live, _) -> use(live, kafka, ready);
      case Empty _, FileOpen _, Attached _, Starting _, Ended _ -> start(kafka, ready);
    }
  }

  private static void use(
      LiveSession live, boolean kafka, ReplayController.CaptureReadyListener ready) {
    if (live.sends() == kafka) {
      ready.listens(live.endpoint());
    } else {
      ready.failed(
          kafka
              ? "this window's pipeline runs dry: end the capture first, or send to it as it is"
              : "this window's pipeline sends to Kafka: end the capture first, or choose to");
    }
  }

  private void start(boolean kafka, ReplayController.CaptureReadyListener ready) {
    OptionValues wanted = values.get().with(Options.KAFKA, Boolean.toString(kafka));
    OpenResult result;
    try {
      Settings _ = wanted.settings(); // Checked before the user is asked what to discard.
      result = capture.apply(wanted);
    } catch (InvalidSettingsException e) {
      result = new OpenResult.Refused(String.valueOf(e.getMessage()));
    }
    switch (result) {
      case OpenResult.Opened() -> waiting = ready;
      case OpenResult.Refused(String reason) -> ready.failed(reason);
    }
  }

  /** The capture takes records now. */
  void listens(Endpoint at) {
    ReplayController.CaptureReadyListener told = waiting;
    waiting = null;
    if (told != null) {
      told.listens(at);
    }
  }

  /** Nothing comes of the capture. */
  void failed(String reason) {
    ReplayController.CaptureReadyListener told = waiting;
    waiting = null;
    if (told != null) {
      told.failed(reason);
    }
  }
}
