// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import dcos.metrics.testkit.broker.LocalBroker;
import dcos.metrics.testkit.standin.StandInAgent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Puts the packaged collector under load and prints its throughput, CPU time and memory: one row
 * per scenario, with the goal beside it. The module's README records the results.
 *
 * <pre>LoadDriver HOME SCENARIO[,SCENARIO]... [SECONDS]</pre>
 */
public final class LoadDriver {
  private static final int STARTS = 10;
  private static final long GOAL_RESIDENT_KB = 110 * 1024;
  private static final long GOAL_LISTENING_MS = 500;
  private static final int DEFAULT_SECONDS = 20;
  private static final Duration IDLE = Duration.ofSeconds(3);
  private static final int LAST_WORDS = 5;

  private final Path home;
  private final Duration duration;
  private final StandInAgent agent;
  private final PrintStream out;

  private LoadDriver(Path home, Duration duration, StandInAgent agent, PrintStream out) {
    this.home = home;
    this.duration = duration;
    this.agent = agent;
    this.out = out;
  }

  /** See the class; exits 2 where it is called wrongly. */
  public static void main(String[] args) throws Exception {
    if (args.length < 2 || args.length > 3) {
      System.err.println("usage: LoadDriver HOME all|listening|SCENARIO[,SCENARIO]... [SECONDS]");
      System.exit(2);
    }
    try (var agent = StandInAgent.started()) {
      run(args, agent);
    }
    // The broker leaves threads behind.
    System.exit(0);
  }

  private static void run(String[] args, StandInAgent agent)
      throws IOException, InterruptedException {
    int seconds = args.length == 3 ? Integer.parseInt(args[2]) : DEFAULT_SECONDS;
    var driver =
        new LoadDriver(
            Path.of(args[0]).toAbsolutePath(), Duration.ofSeconds(seconds), agent, System.out);
    List<String> names = new ArrayList<>(Arrays.asList(args[1].split(",", -1)));
    if (names.remove("all")) {
      names.add("listening");
      Arrays.stream(Scenario.values()).map(Scenario::title).forEach(names::add);
    }
    boolean listening = names.remove("listening");
    List<Scenario> scenarios = Scenario.named(names);
    if (listening) {
      driver.listening();
    }
    driver.header();
    for (Scenario scenario : scenarios) {
      driver.run(scenario);
    }
  }

  private void listening() throws IOException, InterruptedException {
    List<Long> millis = new ArrayList<>();
    Usage idle = null;
    for (int i = 0; i < STARTS; i++) {
      try (var collector = start(null, true, Optional.empty())) {
        millis.add(collector.toListening().toMillis());
        if (i == STARTS - 1) {
          LockSupport.parkNanos(IDLE.toNanos());
          idle = collector.usage();
        }
        collector.stop();
      }
    }
    millis.sort(null);
    say(
        "listening after %d ms, median of %s; goal %d ms"
            .formatted(millis.get(STARTS / 2), millis, GOAL_LISTENING_MS));
    if (idle != null) {
      say(
          "idle: resident %s MB, of it anonymous %s, files %s; CPU %.2f s"
              .formatted(
                  mb(idle.residentKb()), mb(idle.anonKb()), mb(idle.fileKb()), idle.cpuSeconds()));
    }
  }

  private void header() {
    say(
        "| scenario | records/s in | MB/s in | CPU s/GB | peak MB | at the end MB | anonymous |"
            + " files | goal MB | then |");
    say("|---|---|---|---|---|---|---|---|---|---|");
  }

  private void run(Scenario scenario) throws IOException, InterruptedException {
    SampleStream stream = scenario.stream();
    if (!scenario.hasKafka()) {
      run(scenario, stream, null);
      return;
    }
    // The largest records make messages larger than a broker accepts by default.
    try (var broker = LocalBroker.started(Map.of("message.max.bytes", "8000000"))) {
      run(scenario, stream, broker);
    }
  }

  private void run(Scenario scenario, SampleStream stream, @Nullable LocalBroker broker)
      throws IOException, InterruptedException {
    List<Sender> senders = new ArrayList<>();
    Optional<Path> recordings =
        scenario.isRecorded()
            ? Optional.of(Files.createTempDirectory("recordings-"))
            : Optional.empty();
    try (var collector = start(broker, scenario.isLimited(), recordings);
        var hostile = new HostileSenders(collector.port(), stream)) {
      if (scenario.isHostile()) {
        hostile.start();
      }
      Usage before = collector.usage();
      long begin = System.nanoTime();
      for (int i = 0; i < scenario.senders(); i++) {
        var sender = new Sender(collector.port(), stream, i, scenario.pause());
        senders.add(sender);
        sender.start();
      }
      Usage after = watch(collector, before, begin);
      double seconds = (System.nanoTime() - begin) / 1e9;
      long bytes = senders.stream().mapToLong(Sender::bytes).sum();
      long records = senders.stream().mapToLong(Sender::records).sum();
      boolean survived = collector.isAlive();
      senders.forEach(Sender::close);
      int exit = collector.stop();
      say(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %.1f | %.1f | %s | %s | %s | %s | %s | %s |",
              scenario.title(),
              records / seconds,
              bytes / 1e6 / seconds,
              (after.cpuSeconds() - before.cpuSeconds()) / (bytes / 1e9),
              mb(after.peakKb()),
              mb(after.residentKb()),
              mb(after.anonKb()),
              mb(after.fileKb()),
              mb(GOAL_RESIDENT_KB) + (after.peakKb() > GOAL_RESIDENT_KB ? " MISSED" : " met"),
              survived ? "exit " + exit + ", " + collector.ledger() : "DIED " + exit));
      long broken = senders.stream().filter(sender -> sender.broken() != null).count();
      if (!survived || broken > 0) {
        say(broken + " senders were cut off; last words:");
        List<String> said = collector.said();
        said.stream().skip(Math.max(0, said.size() - LAST_WORDS)).forEach(line -> say("  " + line));
      }
    } finally {
      senders.forEach(Sender::close);
      if (recordings.isPresent()) {
        delete(recordings.get());
      }
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

  /** Until the time is up, or the collector has died; returns its last usage. */
  private Usage watch(CollectorProgram collector, Usage before, long begin) {
    Usage last = before;
    while (collector.isAlive() && System.nanoTime() - begin < duration.toNanos()) {
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      try {
        last = collector.usage();
      } catch (IOException | IllegalStateException _) {
        return last; // it ended at this moment
      }
    }
    return last;
  }

  private CollectorProgram start(
      @Nullable LocalBroker broker, boolean limited, Optional<Path> recordings)
      throws IOException, InterruptedException {
    // Nobody listens at port 1.
    String brokers = broker == null ? "127.0.0.1:1" : broker.bootstrap();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-kafka-brokers=" + brokers,
                "-agent-ip-command=/bin/echo 127.0.0.1",
                "-agent-port=" + agent.port()));
    if (!limited) {
      arguments.addAll(List.of("-input-limit-amount-kbytes=0", "-global-limit-amount-kbytes=0"));
    }
    recordings.ifPresent(
        folder ->
            arguments.addAll(
                List.of("-record-input-log", "-record-output-log", "-record-dir=" + folder)));
    return CollectorProgram.start(home, arguments);
  }

  private static String mb(long kb) {
    return String.format(Locale.ROOT, "%.1f", kb / 1024.0);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
