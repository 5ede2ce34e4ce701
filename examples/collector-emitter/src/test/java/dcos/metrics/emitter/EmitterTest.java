// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.emitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmitterTest {
  static {
    // Avro makes objects of no class that it was not told to trust.
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.builder()
            .add(MetricList.class)
            .add(Tag.class)
            .add(Datapoint.class)
            .build());
  }

  private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();
  private ServerSocket collector;

  @BeforeEach
  void listen() throws IOException {
    collector = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
  }

  @AfterEach
  void stopListening() throws IOException {
    collector.close();
  }

  @Test
  void sendsItsOwnFiguresAsAContainer() throws Exception {
    long before = System.currentTimeMillis();
    try (var emitter = emitter(Duration.ofMillis(10), 100, 10)) {
      emitter.start();
      try (Socket socket = collector.accept();
          var container = container(socket)) {
        MetricList first = container.next();
        MetricList second = container.next();

        assertThat(first.getTopic()).isEqualTo("own");
        assertThat(first.getTags())
            .containsExactly(
                new Tag("host", InetAddress.getLocalHost().getHostName()),
                new Tag("pid", Long.toString(ProcessHandle.current().pid())));
        assertThat(first.getDatapoints())
            .extracting(Datapoint::getName)
            .containsExactly(
                "jvm.heap.used_bytes",
                "jvm.heap.committed_bytes",
                "jvm.threads",
                "jvm.gc.collections",
                "jvm.gc.time_secs",
                "jvm.cpu.time_secs",
                "jvm.cpu.load",
                "clock.epoch_secs",
                "emitter.record_number");
        assertThat(first.getDatapoints())
            .allMatch(point -> point.getTimeMs() >= before)
            .allMatch(point -> Double.isFinite(point.getValue()));
        assertThat(List.of(number(first), number(second))).containsExactly(1.0, 2.0);
      }
    }
  }

  @Test
  void putsAsManyRecordsInABlockAsItIsTold() throws Exception {
    // Five records in the first period, which outlasts the test.
    var emitter = emitter(Duration.ofSeconds(1024), 5.0 / 1024, 2);
    emitter.start();
    try (Socket socket = collector.accept()) {
      while (emitter.sent() < 5) {
        Thread.onSpinWait();
      }
      emitter.close(); // Ends the container: Avro reads ahead, to the end where there is little.
      try (var container = container(socket)) {
        List<Long> blocks = new ArrayList<>();
        while (container.hasNext()) {
          long count = container.getBlockCount();
          blocks.add(count);
          for (long i = 0; i < count; i++) {
            container.next();
          }
        }

        assertThat(blocks).containsExactly(2L, 2L, 1L);
      }
    }
  }

  @Test
  void connectsAgainWithANewContainerAndSaysSoOnce() throws Exception {
    String where = "127.0.0.1:" + collector.getLocalPort();
    try (var emitter = emitter(Duration.ofMillis(10), 100, 10)) {
      emitter.start();
      try (Socket socket = collector.accept();
          var container = container(socket)) {
        container.next();
        socket.shutdownOutput();

        assertThat(notice())
            .isEqualTo(
                "no connection to " + where + " (the collector closed it), trying until there is");
      }
      try (Socket socket = collector.accept();
          var container = container(socket)) {
        assertThat(container.next().getTopic()).isEqualTo("own");
        assertThat(notice()).isEqualTo("connected to " + where);
        assertThat(emitter.isConnected()).isTrue();
      }
    }
    assertThat(notices.stream().filter(notice -> notice.startsWith("connected"))).isEmpty();
  }

  @Test
  void triesUntilSomebodyListens() throws Exception {
    int port = collector.getLocalPort();
    collector.close();
    try (var emitter = emitter(port, Duration.ofMillis(10), 100, 10)) {
      emitter.start();
      assertThat(notice())
          .isEqualTo(
              "no connection to 127.0.0.1:"
                  + port
                  + " (Connection refused), trying until there is");

      collector = new ServerSocket();
      collector.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      try (Socket socket = collector.accept();
          var container = container(socket)) {
        assertThat(number(container.next())).isEqualTo(1.0);
      }
    }
  }

  @Test
  void takesAnotherRateWhileItRuns() throws Exception {
    try (var emitter = emitter(Duration.ofMillis(10), 0, 10)) {
      emitter.start();
      try (Socket socket = collector.accept()) {
        assertThat(emitter.sent()).isZero();
        emitter.setRate(1000);

        try (var container = container(socket)) {
          assertThat(container.next().getTopic()).isEqualTo("own");
        }
      }
    }
  }

  @Test
  void closesEvenWhenTheCollectorDoesNotRead() throws Exception {
    var emitter = emitter(Duration.ofMillis(10), 1_000_000, 1000);
    emitter.start();
    try (Socket socket = collector.accept()) {
      // More than the two sockets' buffers hold.
      long before = -1;
      while (emitter.sent() != before || before < 1000) {
        before = emitter.sent();
        collector.setSoTimeout(200);
        assertThatThrownBy(collector::accept).isInstanceOf(IOException.class);
      }

      emitter.close();

      assertThat(socket.isConnected()).isTrue();
      assertThat(emitter.isConnected()).isFalse();
    }
  }

  @Test
  void refusesSettingsThatCannotBe() {
    assertThatThrownBy(() -> emitter(Duration.ZERO, 1, 1))
        .hasMessage("period must be above zero, was PT0S");
    assertThatThrownBy(() -> emitter(Duration.ofSeconds(1), Double.NaN, 1))
        .hasMessage("rate must be 0 to 10000000 records a second, was NaN");
    assertThatThrownBy(() -> emitter(Duration.ofSeconds(1), 1, 0))
        .hasMessage("records a block must be 1 or more, was 0");
  }

  private Emitter emitter(Duration period, double rate, int recordsPerBlock) {
    return emitter(collector.getLocalPort(), period, rate, recordsPerBlock);
  }

  private Emitter emitter(int port, Duration period, double rate, int recordsPerBlock) {
    return new Emitter(
        new Emitter.Settings("127.0.0.1", port, "own", period, rate, recordsPerBlock),
        notices::add);
  }

  private String notice() throws InterruptedException {
    return notices.poll(30, TimeUnit.SECONDS);
  }

  private static DataFileStream<MetricList> container(Socket socket) throws IOException {
    socket.setSoTimeout(30_000);
    return new DataFileStream<>(
        socket.getInputStream(), new SpecificDatumReader<>(MetricList.class));
  }

  private static double number(MetricList record) {
    return record.getDatapoints().getLast().getValue();
  }
}
