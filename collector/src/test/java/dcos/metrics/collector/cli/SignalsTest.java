// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process, real signals, a program that only says when it starts and stops. */
class SignalsTest {
  // A read from a process can not be interrupted; it ends with the process.
  private static final Executor TOO_LATE = CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS);

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void signalStopsTheProgramAndItsExitCodeIsTheProcesss(String signal) throws Exception {
    Process process = start("-kafka=false");
    try (BufferedReader err = process.errorReader()) {
      assertThat(linesUntil(err, "running")).contains("KAFKA=false");

      kill(signal, process);

      assertThat(linesUntil(err, "ledger balances"))
          .contains("INFO  cli  stopping signal=SIG" + signal);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void secondSignalEndsTheProcessWithOne(String signal) throws Exception {
    Process process = start("-kafka=false", "-shutdown-timeout=77");
    try (BufferedReader err = process.errorReader()) {
      linesUntil(err, "running");
      kill("TERM", process);
      linesUntil(err, "hangs");

      kill(signal, process);

      assertThat(linesUntil(err, "a second signal")).contains("signal=SIG" + signal);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(String... args) throws IOException {
    List<String> command =
        List.of(
            // A build in the background of a script has SIGINT ignored, which is inherited.
            "env",
            "--default-signal=INT",
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SaysWhatItDoes.class.getName());
    var all = new ArrayList<>(command);
    all.addAll(List.of(args));
    Process process = new ProcessBuilder(all).start();
    TOO_LATE.execute(process::destroyForcibly);
    return process;
  }

  private static void kill(String signal, Process process) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor())
        .isZero();
  }

  /** Blocks until such a line; the process's end is a failure. */
  private static String linesUntil(BufferedReader err, String part) throws IOException {
    var seen = new StringBuilder();
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(part)) {
        return seen.toString();
      }
    }
    throw new AssertionError("ended before '" + part + "': " + seen);
  }

  /** The program of these tests; a timeout of 77 seconds makes its stop hang. */
  static final class SaysWhatItDoes implements Program {
    public static void main(String[] args) {
      System.exit(
          new Command(
                  System.getenv(),
                  System.out,
                  System.err,
                  SaysWhatItDoes::new,
                  Signals.ofProcess(),
                  Runtime.getRuntime()::halt)
              .run(args));
    }

    SaysWhatItDoes(Settings settings, List<String> settingLines, String version) {}

    @Override
    public void start(Consumer<String> onFatal) {
      System.err.println("running");
    }

    @Override
    public Stopped stop(Duration timeout) {
      if (timeout.toSeconds() == 77) {
        System.err.println("hangs");
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return new Stopped(0, "ledger balances");
    }
  }
}
