// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import static dcos.metrics.collector.settings.Options.IDLE_TIMEOUT;
import static dcos.metrics.collector.settings.Options.LISTEN_ENDPOINT;
import static dcos.metrics.collector.settings.Options.MAX_BLOCK_KBYTES;
import static dcos.metrics.collector.settings.Options.MAX_CONNECTIONS;
import static dcos.metrics.collector.settings.Options.MAX_HEADER_KBYTES;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.settings.TestSettings;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.RefusedSender;
import dcos.metrics.collector.testing.StandardError;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is said of senders, and to the system about them. */
class TcpInputLinesTest {
  private static final List<MetricList> RECORDS = Records.many("web", 20, 5);

  private final StandardError err = StandardError.captured();
  private final MemoryBudget budget = new MemoryBudget(1 << 20, () -> {});
  private TcpInput input = input(1, Duration.ZERO);

  @AfterEach
  void close() {
    input.close();
    err.close();
  }

  @Test
  void reportsPeerRecordsOffsetAndCauseOfABrokenStream() throws IOException {
    start();
    byte[] container = Streams.container(RECORDS, CodecFactory.nullCodec(), 10);
    container[container.length - 1] ^= 1;

    String peer = sendUntilClosed(container);

    assertThat(said())
        .containsExactly(
            "WARN  ingest  stream broken, connection closed peer=\"tcp %s\" records=10 blocks=1 cause=\"corrupt sync marker: found %s\" offset=%d"
                .formatted(
                    peer,
                    HexFormat.ofDelimiter(" ")
                        .formatHex(container, container.length - 16, container.length),
                    container.length - 16));
  }

  @Test
  void refusesBlocksAboveTheirLimitAndHeadersAboveTheirs() throws IOException {
    byte[] container = Streams.container(RECORDS);
    int header = Streams.container(List.of()).length;
    input = input(1, Duration.ZERO, 64 << 10, 1024);
    start();
    sendUntilClosed(container);
    input.close();
    input = input(1, Duration.ZERO, 100, 1 << 20);
    start();
    sendUntilClosed(container);

    assertThat(said())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .endsWith(
                        "cause=\"block size %d not in 0..1024\" offset=%d"
                            .formatted(container.length - header - 19, header + 1)),
            line -> assertThat(line).contains("header").contains("100"));
  }

  @Test
  void reportsThatASenderWasSilentForTooLong() throws IOException {
    input = input(1, Duration.ofSeconds(1));
    start();
    byte[] container = Streams.container(RECORDS);

    String peer = sendUntilClosed(container);

    assertThat(said())
        .containsExactly(
            "WARN  ingest  sender too slow, connection closed peer=\"tcp %s\" records=20 blocks=1 cause=\"no byte within idle-timeout of 1 s\" offset=%d"
                .formatted(peer, container.length));
  }

  @Test
  void reportsOnceAPeriodHowManyConnectionsWereTooMany() throws IOException {
    start();
    try (Socket first = connect()) {
      Await.until("it is open", () -> input.selfMetrics().sessionsOpen() == 1);
      for (int i = 0; i < 3; i++) {
        try (Socket more = connect()) {
          RefusedSender.awaitClosed(more);
        }
      }
      assertThat(said()).isEmpty();

      input.logDropped();
      input.logDropped();

      assertThat(first.isConnected()).isTrue();
    }
    assertThat(said())
        .containsExactly(
            "WARN  ingest  too many connections, new ones were closed connections=3"
                + " max-connections=1");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void looksWhetherSilentSendersAreStillThere() throws IOException {
    start();
    try (Socket silent = connect()) {
      assertThat(silent.isConnected()).isTrue();
      Await.until("it is open", () -> input.selfMetrics().sessionsOpen() == 1);

      // Of the timers that the system shows, 02 is that of keep-alive.
      assertThat(timerOf(silent)).isEqualTo("02");
    }
  }

  /** The kind of timer that runs for our end of a connection. */
  private static String timerOf(Socket other) throws IOException {
    String ends =
        String.format(
            Locale.ROOT, ".*:[ ]\\S+:%04X \\S+:%04X 01 .*", other.getPort(), other.getLocalPort());
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        if (line.matches(ends)) {
          return line.strip().split("\\s+", -1)[5].substring(0, 2);
        }
      }
    }
    throw new AssertionError("the system does not know the connection");
  }

  private List<String> said() {
    return err.lines(" ingest  ").stream().map(line -> line.substring(25)).toList();
  }

  private String sendUntilClosed(byte[] bytes) throws IOException {
    try (Socket sender = connect()) {
      RefusedSender.sendUntilClosed(sender, bytes);
      Await.until("it is over", () -> input.selfMetrics().sessionsOpen() == 0);
      return "127.0.0.1:" + sender.getLocalPort();
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), input.endpoint().port());
    socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
    return socket;
  }

  private void start() throws IOException {
    input.bind();
    input.start();
  }

  private TcpInput input(int maxConnections, Duration idle) {
    return input(maxConnections, idle, 64 << 10, 1 << 20);
  }

  private TcpInput input(int maxConnections, Duration idle, int maxHeader, int maxBlock) {
    var settings =
        TestSettings.defaults()
            .with(LISTEN_ENDPOINT, "127.0.0.1:0")
            .with(MAX_CONNECTIONS, maxConnections)
            .withValue(IDLE_TIMEOUT, idle)
            .withValue(MAX_HEADER_KBYTES, maxHeader)
            .withValue(MAX_BLOCK_KBYTES, maxBlock)
            .build();
    return new TcpInput(
        settings.input(),
        new Settings.Limit(0, Duration.ofSeconds(60)),
        new MemoryBudget(1 << 20, 64 << 10, () -> {}),
        budget,
        (_, _, _, reservation, _) -> reservation.close(),
        new Ledger(),
        new EventTap());
  }
}
