// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.testing;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A clock as {@link System#nanoTime} that stands still until it is told otherwise. Thread-safe. */
public final class FakeClock implements LongSupplier {
  private volatile long nanos = 5_000_000_000L;

  @Override
  public long getAsLong() {
    return nanos;
  }

  public synchronized void advance(Duration duration) {
    nanos += duration.toNanos();
  }
}
