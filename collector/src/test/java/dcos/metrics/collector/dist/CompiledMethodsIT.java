// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher bounds the memory of the JVM's compiler, which leaves methods that need more to the
 * interpreter: none of ours may be among them, or each block costs more.
 */
@Timeout(180)
class CompiledMethodsIT {
  private static final int BLOCKS = 4_000;

  @TempDir private Path temp;

  @Test
  void compilesAllOfOursThatRunForEachBlock() throws Exception {
    Path log = temp.resolve("jvm.log");
    try (var collector =
        CollectorProcess.packaged()
            .arguments("-kafka=false", "-agent-polling=false", "-input-limit-amount-kbytes=0")
            .environment(
                "COLLECTOR_JVM_FLAGS",
                "-XX:+UnlockDiagnosticVMOptions -XX:+PrintCompilation -XX:-DisplayVMOutput"
                    + " -XX:+LogVMOutput -XX:LogFile="
                    + log)
            .start()) {
      int port = collector.port();
      for (CodecFactory codec : List.of(CodecFactory.nullCodec(), CodecFactory.snappyCodec())) {
        // Small blocks are copied into batches, larger ones are not.
        send(port, Streams.container(blocks(1), codec, 1));
        send(port, Streams.container(blocks(8), codec, 8));
      }
      assertThat(collector.terminate()).isZero();
      assertThat(collector.lines().getLast()).contains("received=" + 2 * (BLOCKS + 8 * BLOCKS));
    }

    List<String> compiled;
    try (Stream<String> lines = Files.lines(log)) {
      compiled = lines.filter(line -> line.contains(" dcos.metrics.")).toList();
    }
    assertThat(compiled)
        .anyMatch(line -> line.contains("dcos.metrics.collector.memory.MemoryBudget::"))
        .anyMatch(line -> line.contains("dcos.metrics.collector.batch.TopicBatch::"))
        .noneMatch(line -> line.contains("COMPILE SKIPPED"));
  }

  private static List<MetricList> blocks(int recordsPerBlock) {
    List<MetricList> records = new ArrayList<>();
    while (records.size() < BLOCKS * recordsPerBlock) {
      records.addAll(Records.many("web", recordsPerBlock, 8 * recordsPerBlock));
    }
    return records;
  }

  /** Returns once the collector has read it all. */
  private static void send(int port, byte[] container) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(container);
      socket.shutdownOutput();
      int end = socket.getInputStream().read();
      assertThat(end).isNegative();
    }
  }
}
