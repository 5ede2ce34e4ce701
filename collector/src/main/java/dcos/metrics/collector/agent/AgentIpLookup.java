// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.collector.log.ProgramLog;
import dcos.metrics.collector.settings.Options;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Finds the agent's IP address by running the command that prints it. */
final class AgentIpLookup {
  /** More output than this is read, so that the command can end, and discarded. */
  private static final int MAX_OUTPUT = 4096;

  private static final int MAX_LINES = 3;
  private static final String MUST_PRINT = ", must print one IP address and nothing else";

  /**
   * What a command wrote.
   *
   * @param head the first {@value #MAX_OUTPUT} bytes, as text
   * @param whole whether that is all of it
   */
  private record CommandOutput(String head, boolean whole) {
    private List<String> lines() {
      return ProgramLog.masked(head)
          .lines()
          .map(FailureText::of)
          .filter(line -> !line.isEmpty())
          .toList();
    }

    /** The first lines in quotes, and how many there are. */
    private String quoted() {
      List<String> lines = lines();
      String first =
          lines.stream()
              .limit(MAX_LINES)
              .map(line -> '"' + line + '"')
              .collect(Collectors.joining(", "));
      if (lines.size() == 1 && whole) {
        return first;
      }
      return (whole ? "" : "at least ")
          + lines.size()
          + (lines.size() == 1 ? " line: " : " lines: ")
          + first
          + (lines.size() > MAX_LINES || !whole ? ", ..." : "");
    }
  }

  private final List<String> command;
  private final String shown;
  private final Duration timeout;

  /**
   * @param command program and arguments; no shell is involved
   * @param timeout after which the command is killed
   */
  AgentIpLookup(List<String> command, Duration timeout) {
    this.command = command;
    this.shown = String.join(" ", command);
    this.timeout = timeout;
  }

  /** Runs the command, once. */
  String detect() throws AgentIpException, InterruptedException {
    if (shown.isBlank()) {
      throw failed("must not be empty");
    }
    Process process = start();
    try {
      return address(process);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start() throws AgentIpException {
    ProcessBuilder builder = new ProcessBuilder(command);
    // The command needs no secret, and our error may quote its output.
    builder.environment().keySet().removeIf(AgentIpLookup::mayHoldSecret);
    try {
      return builder.start();
    } catch (IOException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw failed(
          "cannot be run ("
              + FailureText.of(String.valueOf(reason.getMessage()))
              + "), must be a program and its arguments");
    }
  }

  private static boolean mayHoldSecret(String variable) {
    // The JVM's flags may have the password of its trust store.
    return Options.isSecretVariable(variable) || variable.equals("COLLECTOR_JVM_FLAGS");
  }

  private String address(Process process) throws AgentIpException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    FutureTask<CommandOutput> output =
        readInBackground(process.getInputStream(), "agent-ip-stdout");
    FutureTask<CommandOutput> errors =
        readInBackground(process.getErrorStream(), "agent-ip-stderr");
    closeInput(process);
    if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw failed("did not end within " + timeout.toMillis() + " ms" + MUST_PRINT);
    }
    CommandOutput printed = get(output, deadline);
    if (process.exitValue() != 0) {
      throw failed(
          "failed with exit code "
              + process.exitValue()
              + reason(get(errors, deadline), printed)
              + ", must be 0");
    }
    if (printed.lines().isEmpty()) {
      CommandOutput complaint = get(errors, deadline);
      throw failed(
          "printed nothing"
              + (complaint.lines().isEmpty() ? "" : " and on standard error " + complaint.quoted())
              + MUST_PRINT);
    }
    String text = printed.head().strip();
    if (!printed.whole() || !isAddress(text)) {
      throw failed("printed " + printed.quoted() + MUST_PRINT);
    }
    return text;
  }

  /** Commands report their errors on one of the two. */
  private static String reason(CommandOutput errors, CommandOutput printed) {
    if (!errors.lines().isEmpty()) {
      return " and on standard error " + errors.quoted();
    }
    return printed.lines().isEmpty() ? "" : " and printed " + printed.quoted();
  }

  /** Whether it is an address in its usual writing; names are not looked up. */
  private static boolean isAddress(String text) {
    boolean v6 = text.indexOf(':') >= 0 && text.indexOf('%') < 0 && text.indexOf('[') < 0;
    boolean v4 = text.chars().filter(c -> c == '.').count() == 3;
    if (!v6 && !v4) {
      return false; // "1" would be read as 0.0.0.1; a URL has no place for an IPv6 zone
    }
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static FutureTask<CommandOutput> readInBackground(InputStream in, String name) {
    FutureTask<CommandOutput> task =
        new FutureTask<>(
            () -> {
              byte[] head = in.readNBytes(MAX_OUTPUT);
              long more = in.transferTo(OutputStream.nullOutputStream());
              return new CommandOutput(new String(head, StandardCharsets.UTF_8), more == 0);
            });
    Thread.ofVirtual().name(name).start(task);
    return task;
  }

  private CommandOutput get(FutureTask<CommandOutput> output, long deadline)
      throws AgentIpException, InterruptedException {
    try {
      return output.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      // It left something running that holds its output open.
      throw failed("did not close its output within " + timeout.toMillis() + " ms" + MUST_PRINT);
    } catch (ExecutionException e) {
      throw failed("cannot be read from: " + FailureText.of(String.valueOf(e.getCause())));
    }
  }

  private void closeInput(Process process) throws AgentIpException {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw failed("cannot be run: " + FailureText.of(String.valueOf(e.getMessage())));
    }
  }

  private AgentIpException failed(String reason) {
    return new AgentIpException(shown, reason);
  }
}
