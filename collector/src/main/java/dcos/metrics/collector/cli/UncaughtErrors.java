// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line what ended a thread that should not have ended. */
record UncaughtErrors(IntConsumer halt) implements Thread.UncaughtExceptionHandler {
  private static final Logger logger = LoggerFactory.getLogger(UncaughtErrors.class);

  void install() {
    Thread.setDefaultUncaughtExceptionHandler(this);
  }

  @Override
  public void uncaughtException(Thread thread, Throwable error) {
    try {
      logger
          .atError()
          .addKeyValue("thread", thread.getName())
          .setCause(error)
          .log("a thread ended unexpectedly");
    } finally {
      if (error instanceof OutOfMemoryError) {
        // Nothing can be relied on any more; the scheduler starts a new one.
        halt.accept(CollectorCommand.FAILED);
      }
    }
  }
}
