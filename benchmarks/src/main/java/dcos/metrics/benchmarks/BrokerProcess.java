// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import dcos.metrics.testkit.broker.BrokerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real broker in a process of its own, which can be frozen: its connections stay open and nothing
 * answers, as on a machine that hangs. Not thread-safe, except {@link #kill}.
 */
final class BrokerProcess implements AutoCloseable {
  // Below the range of outgoing connections; random, as two soaks may start at the same time.
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 30_000;
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Process process;
  private final int port;

  private BrokerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a broker on the class path and the Java of this process, and waits until it listens.
   *
   * @throws IOException if it ends or does not listen in time
   */
  static BrokerProcess start() throws IOException {
    Path portFile = Files.createTempFile("broker-", ".port");
    Files.delete(portFile);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-classpath",
                System.getProperty("java.class.path"),
                BrokerProgram.class.getName(),
                Integer.toString(ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT)),
                portFile.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    long begin = System.nanoTime();
    while (!Files.exists(portFile)) {
      if (!process.isAlive() || System.nanoTime() - begin > START.toNanos()) {
        process.destroyForcibly();
        throw new IOException("the broker does not listen");
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    int port = Integer.parseInt(Files.readString(portFile).strip());
    Files.delete(portFile);
    return new BrokerProcess(process, port);
  }

  String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /** Stops its execution until {@link #resume}. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("cannot send SIG" + name + " to the broker");
    }
  }

  /** Ends it at once, frozen or not; its data stays on the disk. */
  void kill() {
    process.destroyForcibly();
  }

  /** Resumes it, lets it stop and delete its data, and kills it if that takes too long. */
  @Override
  public void close() {
    try {
      resume();
      process.destroy();
      process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (IOException _) {
      // It has ended already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
