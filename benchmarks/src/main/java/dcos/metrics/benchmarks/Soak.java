// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import dcos.metrics.testkit.standin.StandInAgent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the packaged collector for a long time, with recordings on, under senders that come and go
 * and a broker that freezes, and prints where its memory is: a row per minute, and at the end the
 * figures that the goals are about, and whether the ledger balances.
 *
 * <pre>Soak HOME MINUTES</pre>
 *
 * <p>{@code COLLECTOR_JVM_FLAGS} is passed on to the collector, so that flags can be compared.
 */
public final class Soak {
  private static final long SEED = 20_250_101;
  private static final Duration SAMPLE_PERIOD = Duration.ofSeconds(2);
  // What is left in the queues and the recorder before the stop is not part of the measurement.
  private static final String SHUTDOWN_SECONDS = "30";

  private final CollectorProgram collector;
  private final SoakReport report;
  private final Duration length;
  private final PrintStream out;

  private Soak(CollectorProgram collector, Duration length, PrintStream out) {
    this.collector = collector;
    this.report = new SoakReport(length);
    this.length = length;
    this.out = out;
  }

  /** See the class; exits 2 if it is called wrongly, 1 if the collector did not end cleanly. */
  public static void main(String[] args) throws Exception {
    if (args.length != 2 || !args[1].matches("[1-9]\\d{0,3}")) {
      System.err.println("usage: Soak HOME MINUTES");
      System.exit(2);
    }
    Path home = Path.of(args[0]).toAbsolutePath();
    Path recordings = Files.createTempDirectory("soak-");
    int exit;
    try (var agent = StandInAgent.started();
        var broker = BrokerProcess.start();
        var collector = collector(home, recordings, agent, broker)) {
      // A frozen process would outlive a Ctrl-C.
      Thread kill =
          Thread.ofPlatform()
              .unstarted(
                  () -> {
                    broker.kill();
                    collector.kill();
                  });
      Runtime.getRuntime().addShutdownHook(kill);
      var length = Duration.ofMinutes(Integer.parseInt(args[1]));
      exit = new Soak(collector, length, System.out).run(broker);
      Runtime.getRuntime().removeShutdownHook(kill);
    } finally {
      delete(recordings);
    }
    System.exit(exit == 0 ? 0 : 1);
  }

  private static CollectorProgram collector(
      Path home, Path recordings, StandInAgent agent, BrokerProcess broker)
      throws IOException, InterruptedException {
    return CollectorProgram.start(
        home,
        List.of(
            "-kafka-brokers=" + broker.bootstrap(),
            "-agent-ip-command=/bin/echo 127.0.0.1",
            "-agent-port=" + agent.port(),
            "-input-limit-amount-kbytes=0",
            "-global-limit-amount-kbytes=0",
            "-record-input-log",
            "-record-output-log",
            "-record-dir=" + recordings,
            // So that files end and old ones are deleted within an hour.
            "-record-file-mbytes=8",
            "-record-limit-mbytes=64",
            "-shutdown-timeout=" + SHUTDOWN_SECONDS));
  }

  private int run(BrokerProcess broker) throws IOException, InterruptedException {
    Usage before = collector.usage();
    var senders = new PassingSenders(collector.port(), SEED);
    var freezes = new BrokerFreezes(broker, new Random(SEED));
    Usage after;
    // Closed in reverse: senders can complete their last block when the broker runs again.
    try (senders;
        freezes) {
      senders.start();
      freezes.start();
      watch();
      after = collector.usage();
    }
    int exit = collector.stop();
    double seconds = length.toMillis() / 1e3;
    double cpu = after.cpuSeconds() - before.cpuSeconds();
    report.measurements().forEach(this::print);
    print(
        String.format(
            Locale.ROOT,
            "%d connections, %d of them broken; %.0f KB/s; CPU %.1f s, %.1f %% of a core; %d freezes",
            senders.connections(),
            senders.broken(),
            senders.bytes() / 1e3 / seconds,
            cpu,
            100 * cpu / seconds,
            freezes.count()));
    print("senders sent " + senders.records() + " records; the agent's come in addition");
    print("exit " + exit + ", " + collector.ledger());
    return exit;
  }

  private void watch() throws IOException {
    print(SoakReport.header());
    long begin = System.nanoTime();
    int minute = 1;
    while (true) {
      LockSupport.parkNanos(SAMPLE_PERIOD.toNanos());
      var at = Duration.ofNanos(System.nanoTime() - begin);
      if (at.compareTo(Duration.ofMinutes(minute)) > 0) {
        print(report.minute(minute));
        minute++;
      }
      if (at.compareTo(length) > 0) {
        return;
      }
      report.add(SoakSample.of(collector, at));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
