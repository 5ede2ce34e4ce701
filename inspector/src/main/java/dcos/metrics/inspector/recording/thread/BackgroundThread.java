// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.thread;

import java.util.concurrent.locks.LockSupport;

/**
 * A thread of its owner's, which tells it to end and waits for that. What it runs must see for
 * itself that it is to end. Thread-safe.
 */
public final class BackgroundThread implements AutoCloseable {
  private final Thread thread;

  /** Starts nothing. */
  public BackgroundThread(String name, Runnable work) {
    thread = Thread.ofPlatform().daemon().name(name).unstarted(work);
  }

  /** Begins; once. */
  public void start() {
    thread.start();
  }

  /** Ends its parking, or the next one. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  /** Ends whatever it waits in. */
  public void interrupt() {
    thread.interrupt();
  }

  /** Returns when it has ended, even if interrupted meanwhile. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
