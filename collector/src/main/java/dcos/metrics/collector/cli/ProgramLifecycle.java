// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import dcos.metrics.collector.log.ProgramLog;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a program, waits for a reason to end it, stops it. For one run. */
final class ProgramLifecycle {
  private static final Logger logger = LoggerFactory.getLogger(ProgramLifecycle.class);

  private final Program program;
  private final Duration shutdownTimeout;
  private final IntConsumer halt;
  private final StopRequests stopRequests;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch started = new CountDownLatch(1);
  // Written by the pipeline's threads before ending is counted down.
  private volatile @Nullable String fatal;

  /**
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  ProgramLifecycle(
      Program program, Duration shutdownTimeout, IntConsumer halt, LongSupplier nanoTime) {
    this.program = program;
    this.shutdownTimeout = shutdownTimeout;
    this.halt = halt;
    stopRequests =
        new StopRequests(this::stopOnSignal, () -> halt.accept(CollectorCommand.FAILED), nanoTime);
  }

  /** Returns the exit code. */
  int run() {
    try {
      program.start(this::fail);
    } catch (IOException e) {
      logger.atError().addKeyValue("cause", e.getMessage()).log("cannot start");
      return CollectorCommand.FAILED;
    } catch (RuntimeException e) {
      logger.error("cannot start", e);
      return CollectorCommand.FAILED;
    } finally {
      started.countDown();
    }
    try {
      ending.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return stop();
  }

  private int stop() {
    Program.ProgramEnd stopped;
    try {
      stopped = program.stop(shutdownTimeout);
    } catch (RuntimeException e) {
      logger.error("cannot stop", e);
      return CollectorCommand.FAILED;
    }
    ProgramLog.endPeriod();
    logger.info("{}", stopped.summary());
    return fatal == null ? stopped.exitCode() : CollectorCommand.FAILED;
  }

  /** One of {@link Signals#STOPPING} came. */
  void signalled(String name) {
    stopRequests.signalled(name);
  }

  private void stopOnSignal() {
    ending.countDown();
    awaitStart();
  }

  /** A start that hangs (the IP command may) must not outlive the stop that it was asked for. */
  private void awaitStart() {
    try {
      if (!started.await(shutdownTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
        logger.error("the start did not end, ending at once");
        halt.accept(CollectorCommand.FAILED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fail(String reason) {
    if (fatal == null) {
      fatal = reason;
      logger.error("{}", reason);
    }
    ending.countDown();
  }
}
