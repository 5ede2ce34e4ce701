// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.cli;

import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.InvalidSettingsException;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.settings.Options;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.inspector.session.LiveSession;
import dcos.metrics.inspector.session.Session;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a replay goes in this window: into the capture that runs, if that is of the kind that was
 * asked for, or into a new one. FX thread only.
 */
final class ReplayCapture implements Replays.Capture {
  private final Supplier<OptionValues> values;
  private final Supplier<Optional<Session>> session;
  private final Function<OptionValues, String> capture;
  // Until the capture that was started for it listens, or does not.
  private Replays.@Nullable Ready waiting;

  /**
   * @param values the settings that count
   * @param session the one that is open
   * @param capture opens another one; answers why it can not, in one line, or nothing
   */
  ReplayCapture(
      Supplier<OptionValues> values,
      Supplier<Optional<Session>> session,
      Function<OptionValues, String> capture) {
    this.values = values;
    this.session = session;
    this.capture = capture;
  }

  @Override
  public void begin(boolean kafka, Replays.Ready ready) {
    if (session.get().orElse(null) instanceof LiveSession live && live.isCapturing()) {
      if (live.sends() == kafka) {
        ready.listens(live.endpoint());
      } else {
        ready.failed(
            kafka
                ? "this window's pipeline runs dry: end the capture first, or send to it as it is"
                : "this window's pipeline sends to Kafka: end the capture first, or choose to");
      }
      return;
    }
    OptionValues wanted = values.get().with(Options.KAFKA, Boolean.toString(kafka));
    String problem;
    try {
      Settings _ = wanted.settings(); // Before what is open is closed.
      problem = capture.apply(wanted);
    } catch (InvalidSettingsException e) {
      problem = String.valueOf(e.getMessage());
    }
    if (problem.isEmpty()) {
      waiting = ready;
    } else {
      ready.failed(problem);
    }
  }

  /** The capture takes records now. */
  void listens(Endpoint at) {
    Replays.Ready told = waiting;
    waiting = null;
    if (told != null) {
      told.listens(at);
    }
  }

  /** Nothing comes of the capture. */
  void failed(String reason) {
    Replays.Ready told = waiting;
    waiting = null;
    if (told != null) {
      told.failed(reason);
    }
  }
}
