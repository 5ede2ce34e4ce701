// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import dcos.metrics.collector.testing.Await;
import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.localstack.LocalBroker;
import dcos.metrics.localstack.StandInAgent;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Makes the package's AOT cache, a step of the build's package phase. The packaged program itself
 * runs, on its own runtime, and does what it does on a node: finds Kafka by its framework's SRV
 * record, polls an agent, reads streams in every codec, delivers to a real broker, and stops. What
 * it has loaded by then goes into the cache.
 */
final class TrainingRun {
  private static final String TOPIC = "training";

  // Linked classes in the cache are all loaded at every start: 20 MB of memory, and no time won.
  private static final String FLAGS = "-XX:-AOTClassLinking";

  private final Path folder;

  private TrainingRun(Path folder) {
    this.folder = folder;
  }

  /** Takes the package's folder; fails if what comes out is no cache that its runtime uses. */
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
    Path cache = folder.resolve("lib").resolve("collector.aot");
    Files.deleteIfExists(cache);
    try (var broker = LocalBroker.started();
        var cluster = StandInCluster.started(broker.bootstrap());
        var agent = StandInAgent.started();
        var collector =
            collector()
                .environment(
                    "COLLECTOR_JVM_FLAGS", FLAGS + " -XX:AOTCacheOutput=" + cache.getFileName())
                .environment("JDK_AOT_VM_OPTIONS", "-Xmx512m") // for making the cache of it
                .environment(cluster.environment())
                .environment("AGENT_IP_COMMAND", "/bin/echo 127.0.0.1")
                .environment("AGENT_PORT", Integer.toString(agent.port()))
                .environment("KAFKA_PRODUCE_PERIOD_MS", "500")
                .environment("KAFKA_FLUSH_MS", "100")
                .start()) {
      EveryCodec.send(collector.port(), TOPIC);
      awaitTopics(broker, Set.of("metrics-" + TOPIC, "metrics-agent"));
      int exitCode = collector.terminate();
      if (exitCode != 0 || !Files.exists(cache)) {
        throw new IllegalStateException(
            "no AOT cache: the training run ended with %d and said:%n%s"
                .formatted(exitCode, String.join("\n", collector.lines())));
      }
    }
    requireUsable();
  }

  private void requireUsable() throws InterruptedException {
    try (var collector =
        collector()
            .arguments("--version")
            .environment("COLLECTOR_JVM_FLAGS", "-XX:AOTMode=on -Xlog:aot=warning:stderr")
            .start()) {
      if (collector.awaitExit() != 0) {
        throw new IllegalStateException(
            "the runtime does not use its AOT cache:\n" + String.join("\n", collector.lines()));
      }
    }
  }

  private CollectorProcess.Builder collector() {
    return CollectorProcess.launcher(folder.resolve("bin").resolve("collector"))
        .environment("LISTEN_ENDPOINT", "127.0.0.1:0")
        .directory(folder.resolve("lib"));
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
