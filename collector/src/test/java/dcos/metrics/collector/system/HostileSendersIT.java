// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.system;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.collector.testing.BrokenStreams;
import dcos.metrics.collector.testing.CollectorProcess;
import dcos.metrics.collector.testing.RefusedSender;
import dcos.metrics.collector.testing.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class HostileSendersIT {
  private static final List<MetricList> RECORDS = List.of(Load.record("t", 0), Load.record("t", 1));

  @Test
  void countsEveryBrokenStreamInItsLogAndServesTheOthers() throws Exception {
    byte[] garbage = new byte[5000];
    new Random(7).nextBytes(garbage);
    byte[] container = Streams.container(RECORDS);
    byte[] truncated = Arrays.copyOf(container, container.length - 20);
    byte[] forged = forged(2L << 30);
    try (var collector = collector().start()) {
      int port = collector.port();
      Load.send(port, "before", 0, 2000);
      collector.awaitLine("would send a message to Kafka");

      reportsOneLine(collector, () -> sendUntilClosed(port, garbage));
      reportsOneLine(collector, () -> sendAndEnd(port, truncated));
      reportsOneLine(collector, () -> sendUntilClosed(port, forged));
      for (int i = 0; i < 50; i++) {
        sendUntilClosed(port, forged);
      }

      assertThat(lines(collector, "block size 2147483648 not in 0..4194304")).isPositive();
      assertThat(lines(collector, "truncated")).isEqualTo(1);
      Load.send(port, "after", 0, 2000);
      assertThat(collector.terminate()).isZero();
      // Three kinds and fifty more: each has a separate line or is counted in one.
      assertThat(BrokenStreams.shownIn(collector.lines())).isBetween(5L, 52L);
      assertThat(BrokenStreams.countedIn(collector.lines())).isEqualTo(53);
      // Forged sizes were never reserved, and the memory of broken blocks was released.
      assertThat(collector.awaitLine("component=tcp_input"))
          .contains(" memory_used_bytes=0 memory_waits=0");
      assertThat(RunMeasurements.ledger(collector, "received")).isEqualTo(4000);
      assertThat(RunMeasurements.ledger(collector, "dry-run")).isEqualTo(4000);
    }
  }

  @Test
  void closesASenderThatBeginsABlockAndStallsWhileOthersGoOn() throws Exception {
    byte[] container = Streams.container(RECORDS);
    try (var collector = collector().arguments("-read-timeout=1").start();
        Socket stalled = new Socket(InetAddress.getLoopbackAddress(), collector.port())) {
      stalled.getOutputStream().write(container, 0, container.length - 100);
      Load.send(collector.port(), "alive", 0, 5000);

      collector.awaitLine("WARN .*not complete within read-timeout of 1 s");

      assertThat(stalled.getInputStream().read()).isNegative();
      assertThat(collector.terminate()).isZero();
      assertThat(RunMeasurements.ledger(collector, "received")).isEqualTo(5000);
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  private static void reportsOneLine(CollectorProcess collector, Sending sending)
      throws IOException, InterruptedException {
    int said = collector.lines().size();
    sending.run();
    collector.awaitLine("stream broken, connection closed", said);
    assertThat(collector.lines().subList(said, collector.lines().size()))
        .filteredOn(line -> line.contains("WARN"))
        .hasSize(1);
  }

  private static CollectorProcess.Builder collector() {
    return CollectorProcess.packaged()
        .arguments("-kafka=false", "-agent-polling=false", "-input-limit-amount-kbytes=0");
  }

  /** A container whose first block claims to be this large. */
  private static byte[] forged(long blockBytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Streams.container(List.of()));
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    encoder.writeLong(1000);
    encoder.writeLong(blockBytes);
    bytes.write(new byte[1000]);
    return bytes.toByteArray();
  }

  private static void sendUntilClosed(int port, byte[] bytes) throws IOException {
    try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), port)) {
      RefusedSender.sendUntilClosed(sender, bytes);
    }
  }

  private static void sendAndEnd(int port, byte[] bytes) throws IOException {
    try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), port)) {
      sender.getOutputStream().write(bytes);
      sender.shutdownOutput();
      RefusedSender.awaitClosed(sender);
    }
  }

  private static long lines(CollectorProcess collector, String part) {
    return collector.lines().stream().filter(line -> line.contains(part)).count();
  }
}
