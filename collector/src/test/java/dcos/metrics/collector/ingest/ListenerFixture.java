// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import static dcos.metrics.collector.settings.Options.LISTEN_ENDPOINT;
import static dcos.metrics.collector.settings.Options.MAX_BLOCK_KBYTES;
import static dcos.metrics.collector.settings.Options.MAX_CONNECTIONS;

import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.limit.RateLimit;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.settings.Settings;
import dcos.metrics.collector.settings.TestSettings;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** A listener with small budgets, the senders connected to it, and the records it has taken. */
final class ListenerFixture implements AutoCloseable {
  static final int LARGEST_BLOCK = 256 << 10;

  /** One look more than a sender may be silent for. */
  static final int SILENCE = 5;

  final MemoryBudget headers = new MemoryBudget(256 << 10, 64 << 10, () -> {});
  final MemoryBudget records = new MemoryBudget(1 << 20, LARGEST_BLOCK, () -> {});
  final List<MetricList> taken = new CopyOnWriteArrayList<>();
  final TcpInput input;

  private final List<Socket> senders = new ArrayList<>();

  private ListenerFixture(int maxConnections, LongSupplier nanoTime) {
    var settings =
        TestSettings.defaults()
            .with(LISTEN_ENDPOINT, "127.0.0.1:0")
            .with(MAX_CONNECTIONS, maxConnections)
            .withValue(MAX_BLOCK_KBYTES, LARGEST_BLOCK)
            .build();
    var noLimit = new Settings.Limit(0, Duration.ofSeconds(60));
    input =
        new TcpInput(
            settings.input(),
            noLimit,
            headers,
            records,
            this::take,
            new Ledger(),
            new EventTap(),
            nanoTime);
  }

  static ListenerFixture started(int maxConnections) throws IOException {
    return started(maxConnections, System::nanoTime);
  }

  /**
   * @param nanoTime for how long a new connection waits for a place
   */
  static ListenerFixture started(int maxConnections, LongSupplier nanoTime) throws IOException {
    var fixture = new ListenerFixture(maxConnections, nanoTime);
    fixture.input.bind();
    fixture.input.start();
    return fixture;
  }

  /** Closes all senders and the listener, and awaits that all memory is released. */
  @Override
  public void close() throws IOException {
    for (Socket sender : senders) {
      sender.close();
    }
    input.close();
    Await.until("all memory is released", () -> records.usedBytes() + headers.usedBytes() == 0);
  }

  /** Connects a new sender, which sends these parts. */
  Socket send(byte[]... parts) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), input.endpoint().port());
    socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
    senders.add(socket);
    for (byte[] part : parts) {
      write(socket, part);
    }
    return socket;
  }

  static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (SocketException _) {
      // closed by the collector: what the test is about
    } catch (IOException e) {
      throw new AssertionError("a socket cannot be written to", e);
    }
  }

  List<Socket> senders() {
    return List.copyOf(senders);
  }

  /** Looks for stalled senders as often as the listener does in this many periods. */
  void look(int times) {
    for (int i = 0; i < times; i++) {
      input.watch();
    }
  }

  private void take(
      Source source, long id, RecordBlock block, Reservation reservation, RateLimit rateLimit) {
    taken.addAll(MetricListCodec.decode(block));
    reservation.close();
  }
}
