// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientQueueTest {
  private static final int FIXED_BYTES = 1024;
  private static final Event.Snapshot SNAPSHOT = SampleEvents.emptySnapshot();

  private final MemoryBudget records = new MemoryBudget(16 << 20, () -> {});
  private final AtomicInteger disconnections = new AtomicInteger();
  private final EventMemory memory = new EventMemory(records, 4);
  private final ClientQueue queue =
      new ClientQueue(
          Objects.requireNonNull(memory.open(FIXED_BYTES)), disconnections::incrementAndGet);

  @AfterEach
  void givesEverythingBack() {
    queue.close();
    queue.close();
    queue.accept(event(1));
    assertThat(memory.usedBytes()).isZero();
    assertThat(records.usedBytes()).isZero();
  }

  @Test
  void theSnapshotComesBeforeEventsAcceptedEarlier() throws Exception {
    queue.accept(event(1));
    assertThat(queue.take(0)).isNull();
    queue.begin(SNAPSHOT);
    queue.accept(event(2));

    assertThat(taken()).containsExactly(SNAPSHOT, event(1), event(2));
  }

  @Test
  void eventsBeforeTheSnapshotAreBounded() throws Exception {
    for (int i = 0; i < 100_000; i++) {
      queue.accept(event(i));
    }
    assertThat(memory.usedBytes()).isLessThanOrEqualTo(EventMemory.TOTAL_BYTES / 4);
    queue.close();
  }

  @Test
  void countsWhatItDropsAndReportsItInPlace() throws Exception {
    queue.begin(SNAPSHOT);
    Event.BlockReceived large = SampleEvents.block(1, 3 << 20);
    queue.accept(event(1));
    queue.accept(large);
    queue.accept(large);
    queue.accept(event(2));

    List<Event> taken = taken();

    assertThat(taken).hasSize(4).startsWith(SNAPSHOT, event(1)).endsWith(event(2));
    assertThat(taken.get(2))
        .isInstanceOfSatisfying(
            Event.Skipped.class,
            skipped -> {
              assertThat(skipped.events()).isEqualTo(2);
              assertThat(skipped.records()).isEqualTo(14);
              assertThat(skipped.bytes()).isEqualTo(6 << 20);
            });
  }

  @Test
  void reportsWhatItDroppedWhenNothingFollows() throws Exception {
    queue.begin(SNAPSHOT);
    queue.accept(SampleEvents.block(1, 3 << 20));

    assertThat(taken()).last().isInstanceOf(Event.Skipped.class);
    assertThat(queue.take(0)).isNull();
  }

  @Test
  void aBlockOfAMegabyteIsQueuedWhileMemoryIsFree() throws Exception {
    queue.begin(SNAPSHOT);
    Event.BlockReceived block = SampleEvents.block(1, (1 << 20) + 1000);
    queue.accept(block);

    assertThat(taken()).containsExactly(SNAPSHOT, block);
  }

  @Test
  void anEventKeepsItsMemoryUntilTheNextIsTaken() throws Exception {
    queue.begin(SNAPSHOT);
    queue.accept(SampleEvents.block(1, 1 << 20));
    queue.take(0);
    queue.take(0);
    assertThat(records.usedBytes()).isGreaterThan(1 << 20);

    queue.take(0);
    assertThat(records.usedBytes()).isZero();
  }

  @Test
  void dropsQueuedEventsInBorrowedMemoryWhenRecordsWait() throws Exception {
    queue.begin(SNAPSHOT);
    queue.accept(event(1));
    queue.accept(SampleEvents.block(1, 3 << 20)); // too large: dropped at once
    queue.accept(SampleEvents.block(1, 1 << 19));
    queue.accept(SampleEvents.block(1, 1 << 19));
    queue.accept(event(2));
    queue.accept(SampleEvents.block(1, 1 << 19));
    assertThat(records.usedBytes()).isGreaterThan(3 << 19);
    memory.releaseBorrowed();
    assertThat(records.usedBytes()).isGreaterThan(3 << 19);

    Thread reader = waitingReader();
    memory.releaseBorrowed();
    reader.join();

    List<Event> taken = taken();
    assertThat(taken).hasSize(5).startsWith(SNAPSHOT, event(1));
    assertSkipped(taken.get(2), 3, (3 << 20) + (2 << 19));
    assertThat(taken.get(3)).isEqualTo(event(2));
    assertSkipped(taken.get(4), 1, 1 << 19);
    assertThat(memory.shortages()).isEqualTo(4);
    assertThat(disconnections).hasValue(0);
  }

  @Test
  void disconnectsAClientThatReadsTheSameBorrowedEventInTwoCalls() throws Exception {
    queue.begin(SNAPSHOT);
    queue.accept(SampleEvents.block(1, 1 << 20));
    queue.take(0);
    queue.take(0);
    memory.releaseBorrowed();
    Thread reader = waitingReader();

    memory.releaseBorrowed();
    assertThat(disconnections).hasValue(0);
    memory.releaseBorrowed();
    assertThat(disconnections).hasValue(1);

    queue.close();
    reader.join();
  }

  @Test
  void keepsAClientThatHasReadTheEventByTheNextCall() throws Exception {
    queue.begin(SNAPSHOT);
    queue.accept(SampleEvents.block(1, 1 << 20));
    queue.take(0);
    queue.take(0);
    Thread reader = waitingReader();

    memory.releaseBorrowed();
    queue.take(0);
    memory.releaseBorrowed();

    assertThat(disconnections).hasValue(0);
    reader.join();
  }

  /** Waits for all memory of records, and gives it back at once. */
  private Thread waitingReader() {
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var _ = records.reserve(records.limitBytes())) {
                    // It has waited.
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
    Await.until("a reader that waits", records::isContended);
    return reader;
  }

  private static void assertSkipped(Event event, long events, long bytes) {
    assertThat(event)
        .isInstanceOfSatisfying(
            Event.Skipped.class,
            skipped -> {
              assertThat(skipped.events()).isEqualTo(events);
              assertThat(skipped.bytes()).isEqualTo(bytes);
            });
  }

  @Test
  void refusesASnapshotThatDoesNotFit() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      queue.accept(event(i));
    }
    try (var _ = Objects.requireNonNull(records.tryReserve(records.limitBytes()))) {
      assertThat(queue.begin(SNAPSHOT)).isFalse();
    }
  }

  private List<Event> taken() throws InterruptedException {
    List<Event> taken = new ArrayList<>();
    for (Event event = queue.take(0); event != null; event = queue.take(0)) {
      taken.add(event);
    }
    return taken;
  }

  private static Event event(long at) {
    return new Event.KafkaChanged(new EventTime(at, at), true, "");
  }
}
