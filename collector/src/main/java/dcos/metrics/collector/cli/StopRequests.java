// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the signals that stop a program. The first one stops it. A later one ends the process at
 * once, but not within a second of the first: supervisors and entry points often deliver one stop
 * twice.
 *
 * <p>Thread-safe; the JDK handles each signal in a thread of its own.
 */
public final class StopRequests {
  private static final Logger logger = LoggerFactory.getLogger(StopRequests.class);

  private static final long SAME_STOP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Runnable stop;
  private final Runnable endAtOnce;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable Long> firstNanos = new AtomicReference<>();

  /**
   * @param stop runs in the thread of the first signal
   * @param endAtOnce runs in the thread of a later one
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public StopRequests(Runnable stop, Runnable endAtOnce, LongSupplier nanoTime) {
    this.stop = stop;
    this.endAtOnce = endAtOnce;
    this.nanoTime = nanoTime;
  }

  /** Handles the stopping signals of this process from now on. */
  public void handleSignals() {
    Signals.ofProcess().handle(this::signalled);
  }

  /**
   * @param name of the signal, for the log
   */
  void signalled(String name) {
    long now = nanoTime.getAsLong();
    Long first = firstNanos.compareAndExchange(null, now);
    if (first == null) {
      logger.atInfo().addKeyValue("signal", name).log("stopping");
      stop.run();
    } else if (now - first < SAME_STOP_NANOS) {
      logger.atInfo().addKeyValue("signal", name).log("stopping already");
    } else {
      logger
          .atError()
          .addKeyValue("signal", name)
          .log("second signal; ending at once, held records are lost");
      endAtOnce.run();
    }
  }
}
