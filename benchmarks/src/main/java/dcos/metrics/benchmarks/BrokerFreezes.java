// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Freezes a broker for 1 to 35 seconds, again and again, 10 to 30 seconds apart. The lengths follow
 * from the seed. Thread-safe.
 */
final class BrokerFreezes implements AutoCloseable {
  private static final int LONGEST_FREEZE_MS = 35_000;
  private static final int SHORTEST_FREEZE_MS = 1_000;
  private static final int LONGEST_PAUSE_MS = 30_000;
  private static final int SHORTEST_PAUSE_MS = 10_000;

  private final BrokerProcess broker;
  private final RandomGenerator random;
  private final AtomicInteger freezes = new AtomicInteger();
  private final Thread thread = Thread.ofPlatform().name("freezes").unstarted(this::run);
  private volatile @Nullable IOException failure;

  BrokerFreezes(BrokerProcess broker, RandomGenerator random) {
    this.broker = broker;
    this.random = random;
  }

  void start() {
    thread.start();
  }

  /** How many freezes have begun. */
  int count() {
    return freezes.get();
  }

  private void run() {
    try {
      while (true) {
        sleep(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
        broker.freeze();
        freezes.incrementAndGet();
        sleep(SHORTEST_FREEZE_MS, LONGEST_FREEZE_MS);
        broker.resume();
      }
    } catch (InterruptedException _) {
      // It is closed.
    } catch (IOException e) {
      failure = e;
    }
  }

  private void sleep(int fromMs, int toMs) throws InterruptedException {
    Thread.sleep(Duration.ofMillis(random.nextInt(fromMs, toMs + 1)));
  }

  /**
   * Ends the freezes and resumes the broker.
   *
   * @throws IOException if the broker could not be frozen or resumed
   */
  @Override
  public void close() throws IOException {
    thread.interrupt();
    try {
      thread.join();
      if (failure != null) {
        throw new IOException("the freezes ended early", failure);
      }
      broker.resume();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
