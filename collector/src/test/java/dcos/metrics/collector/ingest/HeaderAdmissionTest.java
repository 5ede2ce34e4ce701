// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.testkit.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@SuppressWarnings("NullAway.Init") // by connect
class HeaderAdmissionTest {
  private final HeaderAdmission roundRobin = new HeaderAdmission();
  private Socket sender;
  private Socket receiver;
  private DeadlineInput input;

  @BeforeEach
  void connect() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      sender = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
      receiver = server.accept();
    }
    input =
        new DeadlineInput(
            receiver, Duration.ofSeconds(30), Duration.ofSeconds(30), System::nanoTime);
    input.beginUnit();
  }

  @AfterEach
  void disconnect() throws Exception {
    sender.close();
    receiver.close();
  }

  @Test
  void areTakenOneAfterTheOtherInTheOrderInWhichTheyWereAskedFor() {
    HeaderAdmission.Turn first = roundRobin.take();
    List<Integer> taken = new CopyOnWriteArrayList<>();
    for (int i = 1; i <= 3; i++) {
      int number = i;
      Thread.startVirtualThread(
          () -> {
            HeaderAdmission.Turn turn = roundRobin.take();
            taken.add(number);
            turn.end();
            turn.end(); // once is enough
          });
      Await.until("it waits", () -> roundRobin.waiting() == number);
    }
    assertThat(taken).isEmpty();

    first.end();

    Await.until("all had a turn", () -> taken.size() == 3);
    assertThat(taken).containsExactly(1, 2, 3);
    takeATurn();
  }

  @Test
  void endsBeforeTheReaderWaitsForItsSender() throws Exception {
    input.beginTurn(roundRobin.take());
    Thread reader =
        Thread.startVirtualThread(
            () -> {
              try {
                int _ = input.read();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });

    takeATurn(); // although nothing was sent

    assertThat(reader.isAlive()).isTrue();
    sender.getOutputStream().write(1);
    reader.join();
  }

  @Test
  void lastsWhileThereIsSomethingToRead() throws Exception {
    sender.getOutputStream().write(new byte[] {1, 2});
    Await.until("both have come", () -> unread() == 2);
    input.beginTurn(roundRobin.take());

    assertThat(input.read()).isEqualTo(1);

    Thread other = Thread.startVirtualThread(() -> roundRobin.take().end());
    Await.until("it waits", () -> roundRobin.waiting() == 1);
    input.endTurn();
    other.join();
  }

  @Test
  void endsBeforeTheReaderWaitsForMemory() throws Exception {
    var budget = new MemoryBudget(1000, 1000, () -> {});
    input.beginTurn(roundRobin.take());
    try (var memory = new ArrivingUnit(input, budget.arrival(), true)) {
      memory.reserve(10, 5);

      takeATurn();
    }
    assertThat(roundRobin.waiting()).isZero();
  }

  /** On another thread: a turn that never comes must fail the test, not stop it. */
  private void takeATurn() {
    Thread taker = Thread.startVirtualThread(() -> roundRobin.take().end());
    Await.until("a turn", () -> !taker.isAlive());
  }

  private int unread() {
    try {
      return input.unread();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
