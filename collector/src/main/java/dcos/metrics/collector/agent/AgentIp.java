// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

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

/** Finds the agent's IP address out, by the command that prints it. */
final class AgentIp {
  /** More output than this is read, so that the command can end, and forgotten. */
  private static final int MAX_OUTPUT = 4096;

  private final List<String> command;
  private final String shown;
  private final Duration timeout;

  /**
   * @param command program and arguments; no shell is involved
   * @param timeout after which the command is killed
   */
  AgentIp(List<String> command, Duration timeout) {
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
    // The command needs no credential, and what it prints may be repeated in our error.
    builder.environment().remove("AUTH_CREDENTIAL");
    try {
      return builder.start();
    } catch (IOException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw failed("can not be run: " + OneLine.of(String.valueOf(reason.getMessage())));
    }
  }

  private String address(Process process) throws AgentIpException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    FutureTask<String> output = readInBackground(process.getInputStream(), "agent-ip-stdout");
    FutureTask<String> errors = readInBackground(process.getErrorStream(), "agent-ip-stderr");
    closeInput(process);
    if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw failed("did not end within " + timeout.toMillis() + " ms");
    }
    String printed = get(output, deadline).strip();
    if (process.exitValue() != 0) {
      String said = OneLine.of(get(errors, deadline));
      throw failed(
          "failed with exit code " + process.exitValue() + (said.isEmpty() ? "" : ": " + said));
    }
    if (printed.isEmpty()) {
      throw failed("printed nothing, must print an IP address");
    }
    if (!isAddress(printed)) {
      throw failed("printed \"" + OneLine.of(printed) + "\", must print an IP address");
    }
    return printed;
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

  private static FutureTask<String> readInBackground(InputStream in, String name) {
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              byte[] head = in.readNBytes(MAX_OUTPUT);
              in.transferTo(OutputStream.nullOutputStream());
              return new String(head, StandardCharsets.UTF_8);
            });
    Thread.ofVirtual().name(name).start(task);
    return task;
  }

  private String get(FutureTask<String> output, long deadline)
      throws AgentIpException, InterruptedException {
    try {
      return output.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      // It left something running that holds its output open.
      throw failed("did not close its output within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw failed("could not be read from: " + OneLine.of(String.valueOf(e.getCause())));
    }
  }

  private void closeInput(Process process) throws AgentIpException {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw failed("can not be run: " + OneLine.of(String.valueOf(e.getMessage())));
    }
  }

  private AgentIpException failed(String reason) {
    return new AgentIpException(shown, reason);
  }
}
