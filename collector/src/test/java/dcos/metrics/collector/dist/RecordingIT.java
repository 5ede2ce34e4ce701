// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program records, is killed, and shows what it has recorded. */
@Timeout(120)
class RecordingIT {
  private static final int RECORDS = 1_000;
  private static final Map<String, String> DRY =
      Map.of(
          "KAFKA", "false",
          "AGENT_POLLING", "false",
          "RECORD_INPUT_LOG", "true",
          "RECORD_OUTPUT_LOG", "true");

  @TempDir private Path temp;

  @Test
  void everyWholeBlockReadsAfterAKill() throws Exception {
    byte[] container =
        Streams.container(Records.many("web", RECORDS, 20), CodecFactory.nullCodec(), 100);
    try (var collector = recording().start()) {
      int port = collector.port();
      send(port, container);
      Await.until("the first stream on disk", () -> recorded() == RECORDS);
      // The next one is on its way to the disk when it happens.
      send(port, container);
      collector.signal("KILL");
      assertThat(collector.awaitExit()).isNotZero();
    }

    assertThat(recorded()).isBetween(RECORDS, 2 * RECORDS);
  }

  @Test
  void catCountsWhatTheLedgerSays() throws Exception {
    String ledger;
    try (var collector = recording().start()) {
      int port = collector.port();
      send(port, Streams.container(Records.many("web", RECORDS, 20)));
      Await.until("the stream on disk", () -> recorded() == RECORDS);
      assertThat(collector.terminate()).isZero();
      ledger = collector.lines().getLast();
    }
    assertThat(ledger).contains("received=" + RECORDS, "dry-run=" + RECORDS);

    String[] files = files("").stream().map(Path::toString).toArray(String[]::new);
    var cat = CollectorProcess.launcher(CollectorProcess.folder().resolve("bin/collector"));
    try (var process = cat.arguments("cat", "--stats").arguments(files).start()) {
      assertThat(process.awaitExit()).isZero();
      assertThat(process.lines()).isEmpty();
      assertThat(process.output().stream().map(line -> line.strip().replaceAll(" +", " ")))
          .contains(
              "all 1000 1000 0 0 0",
              "metrics-web 1000 1000 0 0 0",
              "not settled 0 0",
              "by the recorder 0 0 0");
    }
  }

  private CollectorProcess.Builder recording() {
    return CollectorProcess.packaged().environment(DRY).environment("RECORD_DIR", temp.toString());
  }

  private static void send(int port, byte[] container) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(container);
    }
  }

  /** How many records are in blocks on disk; none of them may be damaged. */
  private int recorded() {
    int records = 0;
    for (Path file : files("input")) {
      try (EventReader reader = EventReader.open(file)) {
        for (Event event = reader.next(); event != null; event = reader.next()) {
          records += event instanceof Event.BlockReceived block ? block.records() : 0;
        }
        assertThat(reader.skippedBlocks()).isZero();
      } catch (IOException _) {
        return 0; // its header is not there yet
      }
    }
    return records;
  }

  private List<Path> files(String track) {
    try (Stream<Path> all = Files.list(temp)) {
      return all.filter(file -> file.getFileName().toString().startsWith(track)).sorted().toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
