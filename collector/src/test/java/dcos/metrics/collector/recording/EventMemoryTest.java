// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.memory.MemoryBudget;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventMemoryTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int CLIENTS = 4;
  private static final int FIXED_BYTES = 1024;
  private static final int SHARE_BYTES = EventMemory.TOTAL_BYTES / CLIENTS - FIXED_BYTES;
  private static final Event SMALL = new Event.KafkaChanged(new EventTime(1, 1), true, "");
  private static final Event BLOCK = SampleEvents.block(1, 0);

  private final MemoryBudget records = new MemoryBudget(16 * MEGABYTE, () -> {});
  private final EventMemory memory = new EventMemory(records, CLIENTS);

  @Test
  void eachClientHasAShareThatOthersCannotTake() {
    EventMemory.Share first = open();
    assertThat(first.tryTake(SMALL, SHARE_BYTES)).isNotNull();
    assertThat(first.tryTake(SMALL, 1)).isNull();

    for (int i = 1; i < CLIENTS; i++) {
      assertThat(open().tryTake(SMALL, SHARE_BYTES)).isNotNull();
    }
    assertThat(memory.usedBytes()).isEqualTo(EventMemory.TOTAL_BYTES);
    assertThat(memory.open(FIXED_BYTES)).isNull();
    assertThat(records.usedBytes()).isZero();
  }

  @Test
  void blocksLeaveAQuarterOfTheShareToOtherEvents() {
    EventMemory.Share share = open();
    records.tryReserve(records.limitBytes());
    int most = SHARE_BYTES - SHARE_BYTES / 4;

    assertThat(share.tryTake(BLOCK, most + 1)).isNull();
    assertThat(share.tryTake(BLOCK, most)).isNotNull();
    assertThat(share.tryTake(SMALL, SHARE_BYTES / 4)).isNotNull();
    assertThat(share.tryTake(SMALL, 1)).isNull();
  }

  @Test
  void aLargeBlockIsBorrowedFromFreeMemoryOfRecords() {
    EventMemory.Share share = open();
    EventMemory.HeldEvents held = Objects.requireNonNull(share.tryTake(BLOCK, 2 * MEGABYTE));

    assertThat(records.usedBytes()).isEqualTo(2 * MEGABYTE);
    assertThat(memory.usedBytes()).isEqualTo(FIXED_BYTES + 2 * MEGABYTE);

    held.close();
    assertThat(records.usedBytes()).isZero();
    assertThat(memory.usedBytes()).isEqualTo(FIXED_BYTES);
  }

  @Test
  void aLargeHeaderIsBorrowedAsABlockIs() {
    EventMemory.Share share = open();
    var header =
        new Event.HeaderSeen(EventTime.now(), 1, "null", "a schema of 60 KB", true, new byte[0]);

    assertThat(share.tryTake(header, MEGABYTE)).isNotNull();
    assertThat(records.usedBytes()).isEqualTo(MEGABYTE);
  }

  @Test
  void aClientBorrowsAtMostHalfOfWhatMayBeBorrowed() {
    EventMemory.Share share = open();
    assertThat(share.tryTake(BLOCK, 2 * MEGABYTE + 1)).isNull();
    assertThat(share.tryTake(BLOCK, 2 * MEGABYTE)).isNotNull();
    assertThat(share.tryTake(BLOCK, MEGABYTE)).isNull();

    assertThat(open().tryTake(BLOCK, 2 * MEGABYTE)).isNotNull();
    assertThat(open().tryTake(BLOCK, MEGABYTE)).isNull();
    assertThat(records.usedBytes()).isEqualTo(4 * MEGABYTE);
  }

  @Test
  void nothingIsBorrowedWhileRecordsNeedTheMemory() {
    records.tryReserve(15 * MEGABYTE);

    assertThat(open().tryTake(BLOCK, 2 * MEGABYTE)).isNull();
    assertThat(records.usedBytes()).isEqualTo(15 * MEGABYTE);
    assertThat(memory.usedBytes()).isEqualTo(FIXED_BYTES);
  }

  @Test
  void theLargestChargeOfASenderFitsWhateverIsBorrowed() {
    open().tryTake(BLOCK, 2 * MEGABYTE);
    open().tryTake(BLOCK, 2 * MEGABYTE);

    assertThat(records.tryReserve(3 * records.largestBlockBytes())).isNotNull();
  }

  @Test
  void nothingIsBorrowedFromABudgetThatTheLargestBlockNeedsWhole() {
    var tight = new MemoryBudget(12 * MEGABYTE, 4 * MEGABYTE, () -> {});
    EventMemory.Share share =
        Objects.requireNonNull(new EventMemory(tight, CLIENTS).open(FIXED_BYTES));

    assertThat(share.tryTake(BLOCK, MEGABYTE)).isNull();
  }

  @Test
  void isExhaustedUntilMemoryIsGivenBack() {
    EventMemory.Share share = open();
    EventMemory.HeldEvents held = Objects.requireNonNull(share.tryTake(SMALL, SHARE_BYTES));
    assertThat(memory.isExhausted()).isFalse();
    assertThat(share.tryTake(SMALL, 1)).isNull();
    assertThat(memory.isExhausted()).isTrue();

    held.close();
    assertThat(memory.isExhausted()).isFalse();
  }

  @Test
  void isExhaustedUntilBorrowedMemoryIsGivenBack() {
    EventMemory.Share share = open();
    EventMemory.HeldEvents held = Objects.requireNonNull(share.tryTake(BLOCK, 2 * MEGABYTE));
    assertThat(share.tryTake(BLOCK, MEGABYTE)).isNull();
    assertThat(memory.isExhausted()).isTrue();

    held.close();
    assertThat(memory.isExhausted()).isFalse();
  }

  @Test
  void isNotExhaustedByAClientThatHasLeft() {
    EventMemory.Share share = open();
    EventMemory.HeldEvents held = Objects.requireNonNull(share.tryTake(SMALL, SHARE_BYTES));
    assertThat(share.tryTake(SMALL, 1)).isNull();

    share.close();
    assertThat(memory.isExhausted()).isFalse();
    held.close();
  }

  @Test
  void isNotExhaustedByAnEventThatNeverFits() {
    assertThat(open().tryTake(SMALL, SHARE_BYTES + 1)).isNull();

    assertThat(memory.isExhausted()).isFalse();
    assertThat(memory.shortages()).isEqualTo(1);
  }

  @Test
  void smallEventsAreNeverBorrowed() {
    assertThat(open().tryTake(SMALL, SHARE_BYTES + 1)).isNull();
  }

  private EventMemory.Share open() {
    return Objects.requireNonNull(memory.open(FIXED_BYTES));
  }
}
