// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.cli;

import dcos.metrics.collector.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the command as a shell would, with a program that ends as soon as it is started. */
final class Terminal {
  final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  private final InputStream in;
  private Consumer<String> onSignal = _ -> {};
  @Nullable Settings settings;
  @Nullable String version;

  Terminal() {
    this(InputStream.nullInputStream());
  }

  /** With this standard input. */
  Terminal(InputStream in) {
    this.in = in;
  }

  static Terminal with(String variable, String value) {
    var terminal = new Terminal();
    terminal.environment.put(variable, value);
    return terminal;
  }

  /** Returns the exit code; everything on stderr, the log too, is in {@link #err()}. */
  int run(String... args) {
    PrintStream systemErr = System.err;
    try (var out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
        var err = new PrintStream(errBytes, true, StandardCharsets.UTF_8)) {
      System.setErr(err);
      Program.Maker programs =
          (settings, _, version) -> {
            this.settings = settings;
            this.version = version;
            return new EndsAtOnce(name -> onSignal.accept(name));
          };
      return new CollectorCommand(
              environment, in, out, err, programs, action -> onSignal = action, _ -> {})
          .run(args);
    } finally {
      System.setErr(systemErr);
    }
  }

  String out() {
    return outBytes.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return errBytes.toString(StandardCharsets.UTF_8);
  }

  private record EndsAtOnce(Consumer<String> onSignal) implements Program {
    @Override
    public void start(Consumer<String> onFatal) {
      Thread.ofPlatform().daemon().name("signal").start(() -> onSignal.accept("SIGTERM"));
    }

    @Override
    public ProgramEnd stop(Duration timeout) {
      return new ProgramEnd(0, "ledger balances");
    }
  }
}
