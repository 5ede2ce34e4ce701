// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.memory.ArrivalReservation;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.testing.FakeClock;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The memory of one header, over a real connection. */
@Timeout(60)
class ArrivingUnitTest {
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  // Three blocks of 200 fit, and a share of 400 for all arrivals but the oldest.
  private final MemoryBudget budget = new MemoryBudget(1000, 200, () -> {});
  private final ArrivalReservation oldest = budget.arrival();
  private final ArrivalReservation second = budget.arrival();
  private final FakeClock clock = new FakeClock();
  private final Socket sender = new Socket();
  private Socket receiver = new Socket();
  private DeadlineInput input;
  private ArrivingUnit memory;

  @BeforeEach
  void connect() throws Exception {
    try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      sender.connect(listening.getLocalSocketAddress());
      receiver = listening.accept();
    }
    input = new DeadlineInput(receiver, Duration.ZERO, READ_TIMEOUT, clock);
    input.beginUnit();
    memory = new ArrivingUnit(input, budget.arrival(), true);
    oldest.resize(10, false);
    second.resize(400, false);
  }

  @AfterEach
  void close() throws IOException {
    memory.close();
    oldest.close();
    second.close();
    sender.close();
    receiver.close();
    assertThat(budget.usedBytes()).isZero();
  }

  @Test
  void doesNotWaitForOtherArrivalsIfAllBytesHaveCome() throws Exception {
    send(100);

    memory.reserve(100, 100);

    assertThat(budget.waits()).isZero();
  }

  @Test
  void noLongerWaitsForOtherArrivalsWhenTheRestHasCome() throws Exception {
    FutureTask<Boolean> reserved = reserving(100, 100);
    send(99);
    assertThat(memory.lookWhileWaiting()).isEqualTo(99);
    assertThat(memory.isWaiting()).isTrue();

    send(1);
    assertThat(memory.lookWhileWaiting()).isEqualTo(100);

    assertThat(reserved.get()).isTrue();
  }

  @Test
  void theWaitDoesNotCountAgainstTheSender() throws Exception {
    FutureTask<Boolean> reserved = reserving(100, 100);
    send(1);
    clock.advance(READ_TIMEOUT);

    second.close();

    assertThat(reserved.get()).isTrue();
    assertThat(input.read()).isZero();
  }

  @Test
  void isLeftIncompleteWhileTheSenderCouldSendMore() throws Exception {
    FutureTask<Boolean> reserved = reserving(100, 40_000);
    send(16_383);
    assertThat(memory.isLeftIncomplete()).isTrue();

    send(1);
    assertThat(memory.isLeftIncomplete()).as("the socket may be full").isFalse();

    second.close();
    assertThat(reserved.get()).isTrue();
  }

  @Test
  void isNotLeftIncompleteWhileItWaitsAndTheRestHasCome() throws Exception {
    FutureTask<Boolean> reserved = reserving(100, 100);
    assertThat(memory.isLeftIncomplete()).isTrue();
    send(100);
    assertThat(memory.isLeftIncomplete()).isFalse();

    second.close();
    assertThat(reserved.get()).isTrue();
  }

  @Test
  void isNotLeftIncompleteBetweenUnits() throws Exception {
    assertThat(memory.isLeftIncomplete()).isTrue();
    input.awaitUnit();
    assertThat(memory.isLeftIncomplete()).isFalse();
  }

  @Test
  void isNotLeftIncompleteByUnreadBytes() throws Exception {
    send(1);
    assertThat(memory.isLeftIncomplete()).isFalse();
  }

  @Test
  void isNotLeftIncompleteWhenAllBytesWereRead() throws Exception {
    memory.reserve(0, 0);
    assertThat(memory.isLeftIncomplete()).isFalse();
  }

  /** Reserves on a thread of its own; returns when that waits. */
  private FutureTask<Boolean> reserving(long bytes, long unreadBytes) {
    var reserving =
        new FutureTask<>(
            () -> {
              memory.reserve(bytes, unreadBytes);
              return true;
            });
    Thread.ofVirtual().start(reserving);
    Await.until("it waits", () -> budget.waits() == 1);
    return reserving;
  }

  private void send(int bytes) throws IOException {
    int before = input.unread();
    sender.getOutputStream().write(new byte[bytes]);
    Await.until("the bytes have come", () -> unread() == before + bytes);
  }

  private int unread() {
    try {
      return input.unread();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
