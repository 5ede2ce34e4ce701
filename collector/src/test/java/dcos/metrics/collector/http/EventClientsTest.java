// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventSink;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.recording.EventMemory;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.collector.recording.EventStream;
import dcos.metrics.collector.selfmetrics.SampleSelfMetrics;
import dcos.metrics.collector.settings.Endpoint;
import dcos.metrics.collector.testing.FakeClock;
import dcos.metrics.collector.testing.Snapshots;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients of {@code /events} that read, or do not, over real connections. */
@Timeout(60)
class EventClientsTest {
  private static final int MEGABYTE = 1 << 20;
  // A quarter of the budget of records.
  private static final int MAX_BORROWED = 4 * MEGABYTE;

  private final FakeClock clock = new FakeClock();
  private final MemoryBudget records = new MemoryBudget(16 * MEGABYTE, () -> {});
  private final EventMemory memory = new EventMemory(records, HttpEndpoint.MAX_EVENT_CLIENTS);
  private final EventTap tap = new EventTap();
  private final AtomicInteger blocks = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger clients = new AtomicInteger();
  private final HttpEndpoint endpoint =
      new HttpEndpoint(
          new Endpoint("127.0.0.1", 0),
          HttpEndpoint.MAX_CONNECTIONS,
          List.of(),
          Optional.empty(),
          new PageContent(
              () -> SampleSelfMetrics.idle(new Ledger()),
              () -> SampleHealth.WELL,
              List::of,
              out -> {
                threads.add(Thread.currentThread());
                clients.incrementAndGet();
                try {
                  EventStream.copy(origin(), memory, out);
                } finally {
                  clients.decrementAndGet();
                  threads.remove(Thread.currentThread());
                }
              }),
          HttpDeadlines.DEFAULT,
          clock);

  @BeforeEach
  void start() throws IOException {
    endpoint.start();
  }

  @AfterEach
  void givesAllMemoryBack() {
    endpoint.close();
    assertThat(memory.usedBytes()).isZero();
    assertThat(records.usedBytes()).isZero();
    assertThat(tap.isOpen()).isFalse();
  }

  @Test
  void clientsThatDoNotReadStayWithinTheirMemory() throws Exception {
    List<RawClient> silent = silentClients(HttpEndpoint.MAX_EVENT_CLIENTS);
    for (int i = 0; i < 100; i++) {
      publish(4 * MEGABYTE - 1000);
      publish(MEGABYTE + 1000);
      publish(64 * 1024);

      assertThat(memory.usedBytes()).isLessThanOrEqualTo(EventMemory.TOTAL_BYTES + MAX_BORROWED);
      assertThat(records.usedBytes()).isLessThanOrEqualTo(MAX_BORROWED);
    }
    for (RawClient client : silent) {
      client.close();
    }
  }

  @Test
  void aClientThatDisconnectsGivesItsMemoryBack() throws Exception {
    for (RawClient client : silentClients(2)) {
      publishUntilStalled();
      client.close();
    }
    awaitNoClient();
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void aClientThatReadsNothingIsDisconnectedAndGivesItsMemoryBack() throws Exception {
    List<RawClient> silent = silentClients(HttpEndpoint.MAX_EVENT_CLIENTS);
    publishUntilStalled();
    // In steps: a write that still finds room in the system's buffers has a new deadline.
    Await.until(
        "no client",
        () -> {
          clock.advance(HttpDeadlines.DEFAULT.progress());
          return clients.get() == 0;
        });

    assertThat(memory.usedBytes()).isZero();
    for (RawClient client : silent) {
      client.close();
    }
  }

  @Test
  void aClosedEndpointGivesTheMemoryBack() throws Exception {
    List<RawClient> silent = silentClients(HttpEndpoint.MAX_EVENT_CLIENTS);
    publishUntilStalled();

    endpoint.close();

    assertThat(clients.get()).isZero();
    assertThat(memory.usedBytes()).isZero();
    for (RawClient client : silent) {
      client.close();
    }
  }

  @Test
  void aClientThatReadsLosesNothing() throws Exception {
    try (InputStream body = open();
        EventReader reader = EventReader.of(body)) {
      assertThat(reader.next()).isInstanceOf(Event.Snapshot.class);
      for (int i = 0; i < 200; i++) {
        int bytes = i % 10 == 0 ? MEGABYTE + 1000 : 64 * 1024;
        Event.BlockReceived sent = publish(bytes);
        Event.BlockReceived received = (Event.BlockReceived) Objects.requireNonNull(reader.next());
        assertThat(received.block()).isEqualTo(sent.block());
        assertThat(received.stored()).isEqualTo(sent.stored());
      }
    }
  }

  @Test
  void aClientThatReadsAgainLearnsHowManyEventsWereDropped() throws Exception {
    try (InputStream body = open();
        EventReader reader = EventReader.of(body)) {
      assertThat(reader.next()).isInstanceOf(Event.Snapshot.class);
      for (int i = 0; i < 300; i++) {
        publish(64 * 1024);
      }
      long received = 0;
      long skipped = 0;
      while (received + skipped < blocks.get()) {
        switch (reader.next()) {
          case Event.BlockReceived _ -> received++;
          case Event.Skipped dropped -> skipped += dropped.events();
          case null, default -> throw new AssertionError("unexpected");
        }
      }
      assertThat(received + skipped).isEqualTo(300);
      assertThat(received).isPositive();
      assertThat(skipped).isPositive();
    }
  }

  @Test
  void aReaderBesideSilentOnesLosesNoSmallBlock() throws Exception {
    List<RawClient> silent = silentClients(HttpEndpoint.MAX_EVENT_CLIENTS - 1);
    publishUntilStalled();
    int before = blocks.get();
    try (InputStream body = open();
        EventReader reader = EventReader.of(body)) {
      assertThat(reader.next()).isInstanceOf(Event.Snapshot.class);
      for (int i = 0; i < 50; i++) {
        Event.BlockReceived sent = publish(64 * 1024);
        assertThat(reader.next())
            .isInstanceOfSatisfying(
                Event.BlockReceived.class,
                received -> assertThat(received.block()).isEqualTo(sent.block()));
      }
    }
    assertThat(blocks.get()).isEqualTo(before + 50);
    for (RawClient client : silent) {
      client.close();
    }
  }

  private EventStream.EventSource origin() {
    return new EventStream.EventSource() {
      @Override
      public AutoCloseable listen(EventSink sink) {
        return tap.listen(sink);
      }

      @Override
      public Event.Snapshot snapshot() {
        return Snapshots.of(new Ledger());
      }
    };
  }

  private Event.BlockReceived publish(int bytes) {
    int id = blocks.incrementAndGet();
    byte[] stored = new byte[bytes];
    new Random(id).nextBytes(stored);
    var event = new Event.BlockReceived(EventTime.now(), id, 1, 0, 1, stored);
    tap.publish(event);
    return event;
  }

  @Test
  void recordsThatWaitTakeTheMemoryOfClientsThatDoNotRead() throws Exception {
    List<RawClient> silent = silentClients(HttpEndpoint.MAX_EVENT_CLIENTS);
    publishUntilStalled();
    assertThat(records.usedBytes()).isPositive();
    var reserved = new CountDownLatch(1);
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var _ = records.reserve(records.limitBytes())) {
                    reserved.countDown();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
    Await.until("a reader that waits", records::isContended);

    memory.releaseBorrowed();
    memory.releaseBorrowed();

    assertThat(reserved.await(30, TimeUnit.SECONDS)).isTrue();
    reader.join();
    for (RawClient client : silent) {
      client.close();
    }
  }

  /** Until the system's buffers of every client are full, and events are queued. */
  private void publishUntilStalled() {
    Await.until(
        "queued events",
        () -> {
          publish(64 * 1024);
          // A thread that waits for the next event does so for a limited time.
          return memory.usedBytes() > 2 * 64 * 1024 * (long) clients.get()
              && threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING);
        });
  }

  private List<RawClient> silentClients(int count) throws IOException {
    List<RawClient> silent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RawClient client = RawClient.connect(endpoint.port());
      client.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
      silent.add(client);
    }
    Await.until("clients", () -> clients.get() == count);
    return silent;
  }

  private void awaitNoClient() {
    Await.until(
        "no client",
        () -> {
          publish(100);
          return clients.get() == 0;
        });
  }

  private InputStream open() throws IOException {
    var uri = URI.create("http://127.0.0.1:" + endpoint.port() + "/events");
    var connection = (HttpURLConnection) uri.toURL().openConnection();
    return connection.getInputStream();
  }
}
