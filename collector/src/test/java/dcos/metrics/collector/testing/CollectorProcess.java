// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged collector, run as a process of its own. Of this process's environment it gets
 * nothing but what the test gives it, and a path with the system's commands: no Java.
 *
 * <pre>{@code
 * try (var collector =
 *     CollectorProcess.packaged().arguments("-kafka=false", "-agent-polling=false").start()) {
 *   send(collector.port(), container);
 *   collector.awaitLine("dry run.*records=10");
 *   assertThat(collector.terminate()).isZero();
 * }
 * }</pre>
 *
 * Waits are bounded; one that ends without what it waited for fails with everything that was said.
 * Thread-safe.
 */
public final class CollectorProcess implements AutoCloseable {
  /** Generous: the machine may be busy. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Pattern LISTENING = Pattern.compile("(?i)listening.* endpoint=\\S+:(\\d+)");

  private final Process process;
  private final CapturedLines errors;
  private final CapturedLines output;

  private CollectorProcess(Process process) {
    this.process = process;
    this.errors = new CapturedLines(process.getErrorStream(), "collector-stderr");
    this.output = new CapturedLines(process.getInputStream(), "collector-stdout");
  }

  /** The folder that the build's package phase made, with {@code bin/collector} in it. */
  public static Path folder() {
    return Path.of("target", "collector").toAbsolutePath();
  }

  /**
   * The packaged launcher, listening on a port that it picks unless the environment or a flag says
   * otherwise.
   */
  public static Builder packaged() {
    return launcher(folder().resolve("bin").resolve("collector"))
        .environment("LISTEN_ENDPOINT", "127.0.0.1:0");
  }

  /** A launcher somewhere. */
  public static Builder launcher(Path launcher) {
    return new Builder(List.of(launcher.toString()));
  }

  /** A command line that ends up running a launcher. */
  public static Builder command(String... command) {
    return new Builder(List.of(command));
  }

  /** What to run, and how. */
  public static final class Builder {
    private final List<String> command;
    private final Map<String, String> environment = new TreeMap<>(Map.of("PATH", "/usr/bin:/bin"));
    private Path directory = Path.of("").toAbsolutePath();

    private Builder(List<String> command) {
      this.command = new ArrayList<>(command);
    }

    public Builder arguments(String... arguments) {
      command.addAll(List.of(arguments));
      return this;
    }

    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    public Builder environment(Map<String, String> variables) {
      environment.putAll(variables);
      return this;
    }

    /** Where it runs; else where the tests do. */
    public Builder directory(Path directory) {
      this.directory = directory;
      return this;
    }

    /** Starts it, and waits for nothing. */
    public CollectorProcess start() {
      var builder = new ProcessBuilder(command).directory(directory.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      try {
        var collector = new CollectorProcess(builder.start());
        collector.errors.start();
        collector.output.start();
        return collector;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Where it listens, as soon as it does. */
  public int port() throws InterruptedException {
    Matcher listening = LISTENING.matcher(awaitLine(LISTENING.pattern()));
    if (!listening.find()) {
      throw new IllegalStateException("the line was found by this pattern");
    }
    return Integer.parseInt(listening.group(1));
  }

  /** What it has said on stderr so far. */
  public List<String> lines() {
    return errors.all();
  }

  /** What it has said on stdout so far. */
  public List<String> output() {
    return output.all();
  }

  /** The first line on stderr with a match of a regular expression, said already or to come. */
  public String awaitLine(String regex) throws InterruptedException {
    return awaitLine(regex, 0);
  }

  /**
   * The first such line that is not among the first so many.
   *
   * @param from as of {@code lines().size()} before whatever should make it say the line
   */
  public String awaitLine(String regex, int from) throws InterruptedException {
    return errors
        .await(Pattern.compile(regex), from, LIMIT)
        .orElseThrow(
            () -> failure("no line with " + regex + " within " + LIMIT.toSeconds() + " s"));
  }

  /** Sends a signal, by its name without SIG. */
  public void signal(String name) throws InterruptedException {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw failure("no SIG" + name + " could be sent");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its end and its last line, and returns its exit code. */
  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw failure("not ended within " + LIMIT.toSeconds() + " s");
    }
    errors.awaitEnd();
    output.awaitEnd();
    return process.exitValue();
  }

  /** SIGTERM; returns the exit code. */
  public int terminate() throws InterruptedException {
    signal("TERM");
    return awaitExit();
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  private AssertionError failure(String what) {
    return new AssertionError(
        "%s; %s; it said:%n%s%n%s"
            .formatted(
                what,
                process.isAlive() ? "it runs" : "it has ended with " + process.exitValue(),
                String.join("\n", lines()),
                String.join("\n", output())));
  }
}
