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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process, real signals, a program that only says when it starts and stops. */
class SignalsTest {
  // A read from a process cannot be interrupted; it ends with the process.
  private static final Executor TOO_LATE = CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS);

  static List<String> stopping() {
    return Signals.STOPPING;
  }

  @ParameterizedTest
  @MethodSource("stopping")
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

      String answer;
      int ignored = -1;
      do {
        kill(signal, process);
        answer = linesUntil(err, "signal=SIG" + signal);
        ignored++;
      } while (answer.contains("stopping already"));

      assertThat(answer).contains("second signal; ending at once");
      assertThat(ignored).as("within a second of the first").isPositive();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "USR1"})
  void signalIsIgnoredWithoutATerminal(String signal) throws Exception {
    var all = new ArrayList<>(List.of("setsid"));
    all.addAll(command("-kafka=false"));
    Process process = start(all);
    try (BufferedReader err = process.errorReader()) {
      linesUntil(err, "running");

      kill(signal, process);
      assertThat(linesUntil(err, "ignoring a signal")).contains("signal=SIG" + signal);
      kill("TERM", process);

      linesUntil(err, "ledger balances");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A terminal that is closed sends this signal. */
  @Test
  void hangupStopsTheProgramWhereThereIsATerminal() throws Exception {
    Process terminal =
        start(List.of("script", "-qec", quoted(command("-kafka=false")), "/dev/null"));
    try (BufferedReader screen = terminal.inputReader()) {
      String running = linesUntil(screen, "running");
      String pid = running.substring(running.indexOf("running ") + "running ".length()).strip();

      kill("HUP", pid);

      assertThat(linesUntil(screen, "ledger balances")).contains("stopping signal=SIGHUP");
      assertThat(terminal.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(terminal.exitValue()).isZero();
    } finally {
      terminal.destroyForcibly();
    }
  }

  private static List<String> command(String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                // A build in the background of a script, or under nohup, has these ignored, and
                // that is inherited.
                "env",
                "--default-signal=INT,HUP",
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SaysWhatItDoes.class.getName()));
    command.addAll(List.of(args));
    return command;
  }

  private static String quoted(List<String> command) {
    return command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
  }

  private static Process start(String... args) throws IOException {
    return start(command(args));
  }

  private static Process start(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    TOO_LATE.execute(process::destroyForcibly);
    return process;
  }

  private static void kill(String signal, Process process) throws Exception {
    kill(signal, String.valueOf(process.pid()));
  }

  private static void kill(String signal, String pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
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
          new CollectorCommand(
                  System.getenv(),
                  System.in,
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
      System.err.println("running " + ProcessHandle.current().pid());
    }

    @Override
    public ProgramEnd stop(Duration timeout) {
      if (timeout.toSeconds() == 77) {
        System.err.println("hangs");
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return new ProgramEnd(0, "ledger balances");
    }
  }
}
