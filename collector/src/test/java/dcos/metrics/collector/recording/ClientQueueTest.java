// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Stamp;
import dcos.metrics.collector.memory.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClientQueueTest {
  private static final int FIXED_BYTES = 1024;
  private static final Event.Snapshot SNAPSHOT = SampleEvents.emptySnapshot();

  private final Budget records = new Budget(16 << 20, () -> {});
  private final EventMemory memory = new EventMemory(records, 4);
  private final ClientQueue queue =
      new ClientQueue(Objects.requireNonNull(memory.open(FIXED_BYTES)));

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
  void refusesASnapshotThatDoesNotFit() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      queue.accept(event(i));
    }
    try (var _ = Objects.requireNonNull(records.tryCharge(records.limitBytes()))) {
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
    return new Event.KafkaChanged(new Stamp(at, at), true, "");
  }
}
