// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.DroppedEvents;
import dcos.metrics.collector.event.Event;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.testkit.Await;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngestQueueTest {
  private final Happened happened = new Happened();

  @Test
  void handsOnWhatCameInItsOrder() throws InterruptedException {
    var intake = new IngestQueue(10, 1 << 20);
    List<Event> events = List.of(happened.opened(1, "a"), happened.header(1));
    events.forEach(intake::accept);

    assertThat(intake.take(10, 0)).extracting(IngestQueue.IngestItem::event).isEqualTo(events);
    assertThat(intake.take(10, 0)).isEmpty();
  }

  @Test
  void leavesOutTheBytesOfABlockThatDoNotFit() throws InterruptedException {
    Event.BlockReceived block = happened.block(1, 1, Happened.records("web", 3, 2));
    int bytes = block.stored().length;
    var intake = new IngestQueue(10, bytes);
    intake.accept(block);
    intake.accept(happened.block(2, 1, Happened.records("web", 3, 2)));

    List<IngestQueue.IngestItem> items = intake.take(10, 0);

    assertThat(items)
        .extracting(IngestQueue.IngestItem::leftOutBytes)
        .containsExactly(-1L, (long) bytes);
    var left = (Event.BlockReceived) items.get(1).event();
    assertThat(left.records()).isEqualTo(3);
    assertThat(left.stored()).isEmpty();
    assertThat(intake.takeSkipped()).isEqualTo(DroppedEvents.NONE);
  }

  @Test
  void countsWhatDoesNotFitAtAll() {
    var intake = new IngestQueue(1, 1 << 20);
    Event.BlockReceived block = happened.block(1, 1, Happened.records("web", 3, 2));
    intake.accept(happened.opened(1, "a"));
    intake.accept(block);
    intake.accept(happened.header(1));

    assertThat(intake.takeSkipped()).isEqualTo(new DroppedEvents(2, 3, block.stored().length));
    assertThat(intake.takeSkipped()).isEqualTo(DroppedEvents.NONE);
  }

  @Test
  void letsWhoeverMustNotSkipWaitForRoom() throws Exception {
    var intake = new IngestQueue(1, 1 << 20);
    intake.accept(happened.opened(1, "a"));
    Event second = happened.header(1);
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    intake.put(second);
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                });
    Await.until("it waits", () -> reader.getState() == Thread.State.WAITING);

    assertThat(intake.take(1, 0)).hasSize(1);
    reader.join();

    assertThat(intake.take(1, 0)).extracting(IngestQueue.IngestItem::event).containsExactly(second);
    assertThat(intake.takeSkipped()).isEqualTo(DroppedEvents.NONE);
  }

  @Test
  void takesNothingMoreOnceItIsClosed() throws InterruptedException {
    var intake = new IngestQueue(1, 1 << 20);
    intake.close();

    intake.accept(happened.opened(1, "a"));
    intake.put(happened.opened(1, "a"));

    assertThat(intake.take(1, 0)).isEmpty();
  }
}
