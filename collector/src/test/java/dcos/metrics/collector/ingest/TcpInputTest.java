// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import static dcos.metrics.collector.settings.Options.IDLE_TIMEOUT;
import static dcos.metrics.collector.settings.Options.LISTEN_ENDPOINT;
import static dcos.metrics.collector.settings.Options.MAX_CONNECTIONS;
import static dcos.metrics.collector.settings.Options.READ_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.settings.TestSettings;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.RefusedSender;
import dcos.metrics.collector.testing.Streams;
import dcos.metrics.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpInputTest {
  private static final List<MetricList> RECORDS = Records.many("web", 20, 5);

  private final Ledger ledger = new Ledger();
  private final MemoryBudget headers = new MemoryBudget(1 << 18, 64 << 10, () -> {});
  private final MemoryBudget budget = new MemoryBudget(1 << 20, () -> {});
  private final List<MetricList> taken = new CopyOnWriteArrayList<>();
  private final List<Reservation> reservations = new CopyOnWriteArrayList<>();
  private TcpInput input = input(8, Duration.ZERO, Duration.ofSeconds(30));

  @AfterEach
  void close() {
    input.close();
    reservations.forEach(Reservation::close);
    Await.until("all memory is released", () -> headers.usedBytes() + budget.usedBytes() == 0);
  }

  @Test
  void takesEveryBlockOfAStream() throws IOException {
    start();

    send(Streams.container(RECORDS, CodecFactory.deflateCodec(6), 7));

    awaitClosed(1);
    assertThat(taken).isEqualTo(RECORDS);
    assertThat(input.selfMetrics().blocks()).isEqualTo(3);
    assertThat(input.selfMetrics().streamsBroken()).isZero();
  }

  @Test
  void countsAConnectionWithoutAByteAsNoError() throws IOException {
    start();

    send(new byte[0]);

    awaitClosed(1);
    assertThat(input.selfMetrics().streamsBroken()).isZero();
  }

  @Test
  void closesABrokenStreamAndKeepsWhatCameBefore() throws IOException {
    start();
    byte[] container = Streams.container(RECORDS, CodecFactory.nullCodec(), 10);
    container[container.length - 1] ^= 1;

    try (Socket sender = connect()) {
      RefusedSender.sendUntilClosed(sender, container);
    }

    awaitClosed(1);
    assertThat(taken).isEqualTo(RECORDS.subList(0, 10));
    assertThat(input.selfMetrics().streamsBroken()).isEqualTo(1);
  }

  @Test
  void givesTheChargeBackOfABlockThatWasCutOff() throws IOException {
    start();
    byte[] container = Streams.container(RECORDS);

    send(Arrays.copyOf(container, container.length - 1));

    awaitClosed(1);
    assertThat(taken).isEmpty();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void closesASenderThatBeginsABlockAndStalls() throws IOException {
    input.close();
    input = input(8, Duration.ZERO, Duration.ofMillis(200));
    start();
    byte[] container = Streams.container(RECORDS);

    try (Socket sender = connect()) {
      RefusedSender.sendUntilClosed(sender, Arrays.copyOf(container, container.length - 5));
    }

    awaitClosed(1);
    assertThat(budget.usedBytes()).isZero();
    assertThat(input.selfMetrics().streamsBroken()).isEqualTo(1);
  }

  @Test
  void closesASenderThatTricklesAHeader() throws IOException {
    input.close();
    input = input(8, Duration.ZERO, Duration.ofMillis(200));
    start();
    byte[] container = Streams.container(RECORDS);
    int sent = 0;

    try (Socket sender = connect()) {
      sender.setSoTimeout(20);
      boolean closed = false;
      while (!closed) {
        try {
          RefusedSender.sendUntilClosed(sender, new byte[] {container[sent++]});
          closed = true;
        } catch (SocketTimeoutException _) {
          assertThat(sent).as("bytes within %d ms", 20 * sent).isLessThan(200);
        }
      }
    }

    awaitClosed(1);
    assertThat(taken).isEmpty();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void givesNoMemoryToASenderThatOnlyAnnouncesABlock() throws IOException {
    start();
    byte[] announced = announcing(200_000);

    try (Socket sender = connect()) {
      sender.getOutputStream().write(announced);
      Await.until("all is read", () -> input.selfMetrics().readBytes() == announced.length);

      Await.until("nothing is held", () -> budget.usedBytes() == SenderConnection.OWN_BYTES);
    }
  }

  /** A header, and a block of one record of which nothing follows. */
  private static byte[] announcing(int bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    out.write(Streams.container(List.of()));
    var numbers = EncoderFactory.get().directBinaryEncoder(out, null);
    numbers.writeLong(1);
    numbers.writeLong(bytes);
    return out.toByteArray();
  }

  @Test
  void closesASenderThatIsSilentLongerThanItMay() throws IOException {
    input.close();
    input = input(8, Duration.ofSeconds(1), Duration.ofSeconds(30));
    start();
    byte[] container = Streams.container(RECORDS);

    try (Socket sender = connect()) {
      RefusedSender.sendUntilClosed(sender, container);
    }

    awaitClosed(1);
    assertThat(taken).isEqualTo(RECORDS);
  }

  @Test
  void letsASenderBeSilentForEverUnlessToldOtherwise() throws IOException {
    input.close();
    input = input(8, Duration.ZERO, Duration.ofMillis(150));
    start();
    byte[] header = Streams.container(List.of());
    byte[] container = Streams.container(RECORDS);
    System.arraycopy(container, 0, header, 0, header.length);

    try (Socket sender = connect()) {
      OutputStream out = sender.getOutputStream();
      out.write(container, 0, header.length);
      Await.until("the header is read", () -> input.selfMetrics().readBytes() == header.length);
      long until = System.nanoTime() + Duration.ofMillis(450).toNanos();
      Await.until("three read timeouts are over", () -> System.nanoTime() > until);
      out.write(container, header.length, container.length - header.length);
    }

    awaitClosed(1);
    assertThat(taken).isEqualTo(RECORDS);
  }

  @Test
  void closesConnectionsBeyondTheMostAtOnce() throws IOException {
    input.close();
    input = input(2, Duration.ZERO, Duration.ofSeconds(30));
    start();

    try (Socket first = connect();
        Socket second = connect();
        Socket third = connect()) {
      RefusedSender.awaitClosed(third);
      assertThat(input.selfMetrics().sessionsOpen()).isEqualTo(2);
      assertThat(input.selfMetrics().sessionsRefused()).isEqualTo(1);
      first.getOutputStream().write(Streams.container(RECORDS));
      Await.until("the first is read", () -> taken.size() == RECORDS.size());
      assertThat(second.isClosed()).isFalse();
    }
  }

  @Test
  void readsWhatHasArrivedWhenItIsToldToStop() throws IOException {
    start();
    byte[] container = Streams.container(Records.many("web", 400, 5), CodecFactory.nullCodec(), 3);
    try (Socket busy = connect();
        Socket idle = connect()) {
      busy.getOutputStream().write(container);
      Await.until("both are open", () -> input.selfMetrics().sessionsOpened() == 2);

      input.drain(Duration.ofSeconds(20));

      assertThat(taken).hasSize(400);
      RefusedSender.awaitClosed(idle);
      assertThatThrownBy(this::connect).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void takesWhatWaitsInTheSystemsQueueBeforeItStops() throws IOException {
    input = input(64, Duration.ZERO, Duration.ofSeconds(30));
    input.bind();
    for (int i = 0; i < 20; i++) {
      try (Socket sender = connect()) {
        sender.getOutputStream().write(Streams.container(RECORDS));
      }
    }
    input.start();

    input.drain(Duration.ofSeconds(20));

    assertThat(taken).hasSize(20 * RECORDS.size());
    assertThat(input.selfMetrics().sessionsOpened()).isEqualTo(20);
  }

  @Test
  void pressesBackWhileThereIsNoMemoryAndContinuesWhenThereIs() throws Exception {
    Reservation all = budget.reserve(budget.limitBytes());
    start();

    try (Socket sender = connect()) {
      sender.getOutputStream().write(Streams.container(RECORDS));
      Await.until("the reader waits", budget::isContended);
      assertThat(taken).isEmpty();

      all.close();

      Await.until("the reader went on", () -> taken.size() == RECORDS.size());
    }
  }

  @Test
  void refusesABlockLargerThanAQuarterOfTheBudget() throws IOException {
    start();
    MetricList large = Records.of("web", "k", "v".repeat((1 << 18) + 1));

    try (Socket sender = connect()) {
      RefusedSender.sendUntilClosed(sender, Streams.container(List.of(large)));
    }

    awaitClosed(1);
    assertThat(input.selfMetrics().streamsBroken()).isEqualTo(1);
  }

  @Test
  void reportsThatAnEndpointIsTaken() throws IOException {
    start();
    Endpoint taken = input.endpoint();
    TcpInput second = input(taken, 8, Duration.ZERO, Duration.ofSeconds(30));

    assertThatThrownBy(second::bind)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("listen-endpoint " + taken + ": ")
        .hasMessageContaining("in use");
  }

  private void start() throws IOException {
    input.bind();
    input.start();
  }

  private TcpInput input(int maxConnections, Duration idle, Duration read) {
    return input(new Endpoint("127.0.0.1", 0), maxConnections, idle, read);
  }

  private TcpInput input(Endpoint listen, int maxConnections, Duration idle, Duration read) {
    var settings =
        TestSettings.defaults()
            .withValue(LISTEN_ENDPOINT, listen)
            .with(MAX_CONNECTIONS, maxConnections)
            .withValue(IDLE_TIMEOUT, idle)
            .withValue(READ_TIMEOUT, read)
            .build();
    var noLimit = new Settings.Limit(0, Duration.ofSeconds(60));
    return new TcpInput(
        settings.input(), noLimit, headers, budget, this::take, ledger, new EventTap());
  }

  private void take(
      Source source, long id, RecordBlock block, Reservation reservation, RateLimit rateLimit) {
    taken.addAll(MetricListCodec.decode(block));
    reservations.add(reservation);
  }

  private void send(byte[] bytes) throws IOException {
    try (Socket sender = connect()) {
      sender.getOutputStream().write(bytes);
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), input.endpoint().port());
    socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
    return socket;
  }

  private void awaitClosed(int sessions) {
    Await.until(
        sessions + " sessions are over",
        () ->
            input.selfMetrics().sessionsOpened() == sessions
                && input.selfMetrics().sessionsOpen() == 0);
  }
}
