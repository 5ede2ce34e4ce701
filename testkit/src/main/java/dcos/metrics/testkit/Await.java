// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until a condition holds, and fails if it does not in time. Thread-safe. */
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = Duration.ofMillis(2).toNanos();

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param what names the condition in the error
   * @throws AssertionError if it does not hold within 30 seconds
   */
  public static void until(String what, BooleanSupplier condition) {
    until(what, LIMIT, condition);
  }

  /**
   * Returns as soon as the condition holds.
   *
   * @param what names the condition in the error
   * @param limit how long to wait at most
   * @throws AssertionError if the condition does not hold within the limit
   */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
