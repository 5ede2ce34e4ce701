// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.dist;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.testing.BrokenStreams;
import dcos.metrics.collector.testing.CollectorProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged program's log stays small, whatever is sent to it. */
@Timeout(120)
class LogVolumeIT {
  private static final int CONNECTIONS = 2_000;

  @Test
  void garbageOnManyConnectionsWritesFewLinesAndTheirCount() throws Exception {
    List<String> lines;
    try (var collector =
        CollectorProcess.packaged().arguments("-kafka=false", "-agent-polling=false").start()) {
      int port = collector.port();
      for (int i = 0; i < CONNECTIONS; i++) {
        sendGarbage(port);
      }
      assertThat(collector.terminate()).isZero();
      lines = collector.lines();
    }

    assertThat(lines).filteredOn(line -> line.contains(" WARN ")).hasSizeLessThan(100);
    assertThat(BrokenStreams.shownIn(lines)).isBetween(5L, 99L);
    assertThat(BrokenStreams.countedIn(lines)).isEqualTo(CONNECTIONS);
    assertThat(lines.getLast()).contains("ledger balances=true");
  }

  /** Waits until the collector has closed the connection. */
  private static void sendGarbage(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
      socket.shutdownOutput();
      int next = socket.getInputStream().read();
      assertThat(next).isNegative();
    } catch (SocketException e) {
      // Reset, because not all was read: closed just as well.
      assertThat(e).hasMessageContaining("reset");
    }
  }
}
