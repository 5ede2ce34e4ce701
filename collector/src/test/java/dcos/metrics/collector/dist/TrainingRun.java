// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.testkit.Await;
import dcos.metrics.testkit.broker.LocalBroker;
import dcos.metrics.testkit.standin.StandInAgent;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Makes the package's class archive, a step of the build's package phase. The packaged program
 * itself runs, on its own runtime, and does what it does on a node: finds Kafka by its framework's
 * SRV record, polls an agent, reads streams in every codec, delivers to a real broker, and stops.
 * What it has loaded by then, the lambdas too, goes into the archive.
 */
final class TrainingRun {
  private static final String TOPIC = "training";

  private final Path lib;
  private final Path launcher;

  private TrainingRun(Path folder) {
    lib = folder.resolve("lib");
    launcher = folder.resolve("bin").resolve("collector");
  }

  /** Takes the package's folder; fails if what comes out is no archive that its runtime uses. */
  public static void main(String[] args) throws Exception {
    PrintStream err = System.err;
    // The broker's log is nobody's concern in a build.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      new TrainingRun(Path.of(args[0]).toAbsolutePath()).run();
    } finally {
      System.setErr(err);
    }
  }

  private void run() throws Exception {
    Path archive = lib.resolve("collector.jsa");
    Path classes = lib.resolve("collector.classes");
    Files.deleteIfExists(archive);
    Files.deleteIfExists(classes);
    train("-XX:DumpLoadedClassList=" + classes.getFileName());
    requireExit0(
        "-Xmx512m -Xshare:dump -XX:SharedClassListFile=%s -XX:SharedArchiveFile=%s"
            .formatted(classes.getFileName(), archive.getFileName()));
    Files.delete(classes);
    requireExit0("-Xshare:on");
  }

  private void train(String flags) throws Exception {
    Path recordings = Files.createTempDirectory("training-");
    try (var broker = LocalBroker.started();
        var cluster = StandInCluster.started(broker.bootstrap());
        var agent = StandInAgent.started();
        var collector =
            collector(flags)
                .environment(cluster.environment())
                .environment("AGENT_IP_COMMAND", "/bin/echo 127.0.0.1")
                .environment("AGENT_PORT", Integer.toString(agent.port()))
                .environment("KAFKA_PRODUCE_PERIOD_MS", "500")
                .environment("KAFKA_FLUSH_MS", "100")
                .environment("RECORD_INPUT_LOG", "true")
                .environment("RECORD_OUTPUT_LOG", "true")
                .environment("RECORD_DIR", recordings.toString())
                .start()) {
      EveryCodec.send(collector.port(), TOPIC);
      awaitTopics(broker, Set.of("metrics-" + TOPIC, "metrics-agent"));
      require(collector.terminate() == 0, flags, collector);
    }
    try (var files = Files.newDirectoryStream(recordings)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(recordings);
  }

  /** Makes the archive, or shows that the runtime uses it. */
  private void requireExit0(String flags) throws InterruptedException {
    try (var collector = collector(flags).arguments("--version").start()) {
      require(collector.awaitExit() == 0, flags, collector);
    }
  }

  private static void require(boolean condition, String flags, CollectorProcess collector) {
    if (!condition) {
      throw new IllegalStateException(
          "no class archive: the run with %s said:%n%s"
              .formatted(flags, String.join("\n", collector.lines())));
    }
  }

  private CollectorProcess.Builder collector(String flags) {
    return CollectorProcess.launcher(launcher)
        .environment("LISTEN_ENDPOINT", "127.0.0.1:0")
        .environment("COLLECTOR_JVM_FLAGS", flags)
        .directory(lib);
  }

  private static void awaitTopics(LocalBroker broker, Set<String> topics) {
    try (Admin admin = broker.admin()) {
      Await.until("topics " + topics, () -> topics(admin).containsAll(topics));
    }
  }

  private static Set<String> topics(Admin admin) {
    try {
      return admin.listTopics().names().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
