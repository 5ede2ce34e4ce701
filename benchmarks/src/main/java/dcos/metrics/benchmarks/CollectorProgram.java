// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The packaged collector as a process; its output is written to a file. */
final class CollectorProgram implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(40);

  private static final Pattern LEDGER = Pattern.compile("ledger balances=.*");

  private final Process process;
  private final int port;
  private final Path log;
  private final Duration toListening;

  private CollectorProgram(Process process, int port, Path log, Duration toListening) {
    this.process = process;
    this.port = port;
    this.log = log;
    this.toListening = toListening;
  }

  /**
   * Starts it as Marathon does, with its options in the environment, and waits until it listens.
   * {@code COLLECTOR_JVM_FLAGS} of this process's environment is passed on, so that flags can be
   * tried.
   *
   * @param home the folder with {@code bin/collector}
   * @param options each as {@code -name=value}, or {@code -name} for a flag
   */
  static CollectorProgram start(Path home, List<String> options)
      throws IOException, InterruptedException {
    int port = freePort();
    Path log = Files.createTempFile("collector-", ".log");
    var builder =
        new ProcessBuilder(home.resolve("bin").resolve("collector").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    put("-listen-endpoint=127.0.0.1:" + port, builder.environment());
    options.forEach(option -> put(option, builder.environment()));
    long before = System.nanoTime();
    Process process = builder.start();
    while (!isListening(port)) {
      if (!process.isAlive() || System.nanoTime() - before > START.toNanos()) {
        process.destroyForcibly();
        throw new IOException("the collector does not listen: " + Files.readString(log));
      }
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
    return new CollectorProgram(process, port, log, Duration.ofNanos(System.nanoTime() - before));
  }

  private static void put(String option, Map<String, String> environment) {
    String[] nameAndValue = option.substring(1).split("=", 2);
    environment.put(
        nameAndValue[0].replace('-', '_').toUpperCase(Locale.ROOT),
        nameAndValue.length == 1 ? "true" : nameAndValue[1]);
  }

  int port() {
    return port;
  }

  /** From its exec until a connection was accepted. */
  Duration toListening() {
    return toListening;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Usage usage() throws IOException {
    return Usage.of(process.pid());
  }

  /** Where its resident memory is. */
  MemoryMap memory() throws IOException {
    return MemoryMap.of(process.pid());
  }

  int descriptors() throws IOException {
    try (var descriptors = Files.newDirectoryStream(proc().resolve("fd"))) {
      return (int) StreamSupport.stream(descriptors.spliterator(), false).count();
    }
  }

  int threads() throws IOException {
    try (var threads = Files.newDirectoryStream(proc().resolve("task"))) {
      return (int) StreamSupport.stream(threads.spliterator(), false).count();
    }
  }

  private Path proc() {
    return Path.of("/proc", Long.toString(process.pid()));
  }

  /** The last line of its ledger, without the terms that are 0 and the bytes. */
  String ledger() throws IOException {
    for (String line : said().reversed()) {
      Matcher ledger = LEDGER.matcher(line);
      if (ledger.find()) {
        return ledger.group().replaceAll(" \\w+_bytes=\\d+| \\w+=0\\b", "");
      }
    }
    return "no ledger";
  }

  List<String> said() throws IOException {
    return Files.readAllLines(log);
  }

  /** SIGTERM; returns its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return process.waitFor();
    }
    return process.exitValue();
  }

  /** Ends it at once. */
  void kill() {
    process.destroyForcibly();
  }

  /** Kills it if it still runs, and forgets what it said. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(log);
  }

  private static boolean isListening(int port) {
    try (var probe = new Socket()) {
      probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false; // not yet
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
