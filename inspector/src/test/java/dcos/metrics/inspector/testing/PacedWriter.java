// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Writes rows at a rate, up to a number of them, on a thread of its own. */
public final class PacedWriter implements AutoCloseable {
  private static final int STEPS_A_SECOND = 100;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("paced-writer").daemon().factory());
  private final CountDownLatch done = new CountDownLatch(1);
  private final long rate;
  private final long total;
  private final LongConsumer write;
  // Writer's thread only.
  private long written;

  /**
   * Starts nothing.
   *
   * @param rate rows a second
   * @param write gets each row's position
   */
  public PacedWriter(long rate, long total, LongConsumer write) {
    this.rate = rate;
    this.total = total;
    this.write = write;
  }

  /** Begins to write. */
  public void start() {
    var _ = thread.scheduleAtFixedRate(this::step, 0, 1000 / STEPS_A_SECOND, TimeUnit.MILLISECONDS);
  }

  /** Whether all is written. */
  public boolean isDone() {
    return done.getCount() == 0;
  }

  private void step() {
    for (long n = rate / STEPS_A_SECOND; n > 0 && written < total; n--) {
      write.accept(written++);
    }
    if (written == total) {
      done.countDown();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
