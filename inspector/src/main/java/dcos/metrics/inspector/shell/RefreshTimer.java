// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.shell;

import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;

/**
 * The window's one clock: looks some twenty times a second whether something is to be shown. FX
 * thread only.
 */
final class RefreshTimer extends AnimationTimer implements AutoCloseable {
  private static final long PERIOD_NANOS = 50_000_000;

  private final BooleanSupplier look;
  private long last;

  /**
   * Starts nothing.
   *
   * @param look answers whether it is to look again in the next frame
   */
  RefreshTimer(BooleanSupplier look) {
    this.look = look;
  }

  @Override
  public void handle(long now) {
    if (now - last >= PERIOD_NANOS) {
      boolean more = look.getAsBoolean();
      last = more ? now - PERIOD_NANOS : now;
    }
  }

  @Override
  public void close() {
    stop();
  }
}
