// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProgramLifecycleTest {
  private final List<Integer> halts = new ArrayList<>();
  // A clock may begin anywhere, and wrap.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void exitsAsTheStopSays() {
    var clean = lifecycle(new Fake(0));
    clean.signalledSoon();
    assertThat(clean.lifecycle.run()).isZero();

    var unclean = lifecycle(new Fake(1));
    unclean.signalledSoon();
    assertThat(unclean.lifecycle.run()).isEqualTo(1);
    assertThat(halts).isEmpty();
  }

  @Test
  void givesTheStopItsTimeout() {
    var fake = new Fake(0);
    var running = lifecycle(fake);
    running.signalledSoon();

    running.lifecycle.run();

    assertThat(fake.stops).containsExactly(Duration.ofSeconds(20));
  }

  @Test
  void fatalReasonDrainsAndFails() {
    var fake = new Fake(0);
    fake.fatal = "the agent refuses AUTH_CREDENTIAL";

    assertThat(lifecycle(fake).lifecycle.run()).isEqualTo(1);

    assertThat(fake.stops).hasSize(1);
  }

  @Test
  void secondSignalEndsAtOnce() throws Exception {
    var fake = new Fake(0);
    fake.stopping = new CountDownLatch(1);
    fake.mayStop = new CountDownLatch(1);
    Running running = lifecycle(fake);
    var run = new FutureTask<>(running.lifecycle::run);
    Thread.ofPlatform().daemon().name("run").start(run);

    running.lifecycle.signalled("SIGTERM");
    assertThat(fake.stopping.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(halts).isEmpty();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    running.lifecycle.signalled("SIGINT");

    assertThat(halts).containsExactly(1);
    fake.mayStop.countDown();
    assertThat(run.get()).isZero();
  }

  @Test
  void oneStopThatIsDeliveredTwiceDoesNotCutTheDrainShort() {
    var fake = new Fake(0);
    Running running = lifecycle(fake);
    fake.onStop =
        () -> {
          nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
          running.lifecycle.signalled("SIGTERM");
        };
    running.signalledSoon();

    assertThat(running.lifecycle.run()).isZero();

    assertThat(halts).isEmpty();
    assertThat(fake.stops).hasSize(1);
  }

  @Test
  void firstSignalAfterAFatalReasonDoesNotCutTheDrainShort() {
    var fake = new Fake(0);
    fake.fatal = "gone";
    Running running = lifecycle(fake);
    fake.onStop = () -> running.lifecycle.signalled("SIGTERM");

    assertThat(running.lifecycle.run()).isEqualTo(1);

    assertThat(halts).isEmpty();
  }

  @Test
  void failsWhereItCannotStart() {
    var fake = new Fake(0);
    fake.failure = new IOException("--listen-endpoint=127.0.0.1:8124: already in use");

    assertThat(lifecycle(fake).lifecycle.run()).isEqualTo(1);
    assertThat(fake.stops).isEmpty();
  }

  @Test
  void hangingStartDoesNotOutliveTheTimeout() throws Exception {
    var fake = new Fake(0);
    fake.mayStart = new CountDownLatch(1);
    var lifecycle = new ProgramLifecycle(fake, Duration.ofMillis(1), halts::add, nanos::get);
    var run = new FutureTask<>(lifecycle::run);
    Thread.ofPlatform().daemon().name("run").start(run);

    lifecycle.signalled("SIGTERM");

    assertThat(halts).containsExactly(1);
    fake.mayStart.countDown();
    assertThat(run.get()).isZero();
  }

  @Test
  void outOfMemoryEndsTheProcess() {
    var errors = new UncaughtErrors(halts::add);

    errors.uncaughtException(Thread.currentThread(), new IllegalStateException("only this thread"));
    assertThat(halts).isEmpty();

    errors.uncaughtException(Thread.currentThread(), new OutOfMemoryError("in a test"));
    assertThat(halts).containsExactly(1);
  }

  private Running lifecycle(Fake fake) {
    return new Running(new ProgramLifecycle(fake, Duration.ofSeconds(20), halts::add, nanos::get));
  }

  private record Running(ProgramLifecycle lifecycle) {
    void signalledSoon() {
      Thread.ofPlatform().daemon().name("signal").start(() -> lifecycle.signalled("SIGTERM"));
    }
  }

  /** Starts and stops as the test defines. */
  private static final class Fake implements Program {
    private final int exitCode;
    private final List<Duration> stops = new ArrayList<>();
    private String fatal = "";
    private IOException failure = new IOException();
    private Runnable onStop = () -> {};
    private CountDownLatch mayStart = new CountDownLatch(0);
    private CountDownLatch stopping = new CountDownLatch(1);
    private CountDownLatch mayStop = new CountDownLatch(0);

    Fake(int exitCode) {
      this.exitCode = exitCode;
    }

    @Override
    public void start(Consumer<String> onFatal) throws IOException {
      if (failure.getMessage() != null) {
        throw failure;
      }
      await(mayStart);
      if (!fatal.isEmpty()) {
        onFatal.accept(fatal);
      }
    }

    @Override
    public ProgramEnd stop(Duration timeout) {
      stops.add(timeout);
      stopping.countDown();
      onStop.run();
      await(mayStop);
      return new ProgramEnd(exitCode, "ledger");
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
