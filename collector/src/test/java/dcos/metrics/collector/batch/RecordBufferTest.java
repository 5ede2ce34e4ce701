// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.memory.Reservation;
import dcos.metrics.collector.message.BlockRecordOrigin;
import dcos.metrics.collector.message.RecordSlice;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.testing.Records;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordBufferTest {
  private static final RecordBlock BLOCK =
      Records.block(Records.many("a", 2, 3).toArray(MetricList[]::new));
  private static final int LENGTH = BLOCK.length();

  private final Ledger ledger = new Ledger();
  private final Account account =
      ledger
          .receive(
              ledger.open("tcp 127.0.0.1:1"),
              List.of(new Ledger.SourceEntry("a", LedgerTerm.HELD, 1, 1)))
          .getFirst();
  private final MemoryBudget records = new MemoryBudget(1 << 20, () -> {});
  private final MemoryBudget overhead = new MemoryBudget(1 << 20, () -> {});

  @Test
  void takesRoomForRecordsToComeFromTheBudgetAndGivesBackWhatIsUnused() throws Exception {
    Reservation own = records.reserve(10L * LENGTH);
    BlockAppend arrival = arrival(own);
    RecordBuffer buffer = buffer(arrival);

    buffer.append(arrival, BLOCK, 0);
    assertThat(records.usedBytes()).isEqualTo(11L * LENGTH);
    buffer.append(arrival, BLOCK, 100_000);
    assertThat(records.usedBytes()).isEqualTo(12L * LENGTH + 12_500);
    assertThat(own.bytes()).isEqualTo(10L * LENGTH);
    own.close();
    RecordSlice slice = buffer.close();

    assertThat(slice.records().bytes()).hasSize(2 * LENGTH);
    assertThat(records.usedBytes()).isEqualTo(2L * LENGTH);
    slice.release();
    assertThat(records.usedBytes()).isZero();
    assertThat(overhead.usedBytes()).isZero();
  }

  @Test
  void growsByTheRecordsOwnChargeWhereTheBudgetIsFull() throws Exception {
    Reservation own = records.reserve(10L * LENGTH);
    Reservation rest = records.reserve(records.limitBytes() - own.bytes());
    BlockAppend arrival = arrival(own);
    RecordBuffer buffer = buffer(arrival);

    for (int i = 1; i <= 10; i++) {
      buffer.append(arrival, BLOCK, 100_000);
      assertThat(own.bytes()).isEqualTo((10L - i) * LENGTH);
      assertThat(records.usedBytes()).isEqualTo(records.limitBytes());
    }
    RecordSlice slice = buffer.close();

    assertThat(slice.records().bytes()).hasSize(10 * LENGTH);
    List<MetricList> expected = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      expected.addAll(MetricListCodec.decode(BLOCK));
    }
    assertThat(MetricListCodec.decode(slice.records())).isEqualTo(expected);
    slice.release();
    rest.close();
    assertThat(records.usedBytes()).isZero();
  }

  @Test
  void isFollowedByAnotherOnlyWhenItIsLong() throws Exception {
    Reservation rest = records.reserve(records.limitBytes());
    BlockAppend arrival = arrival(rest);
    RecordBuffer buffer = buffer(arrival);

    int length = 0;
    while (buffer.accepts(arrival, BLOCK)) {
      buffer.append(arrival, BLOCK, 0);
      length += LENGTH;
    }

    assertThat(length).isBetween(4096, 4096 + LENGTH);
    buffer.close().release();
    rest.close();
    assertThat(records.usedBytes()).isZero();
  }

  @Test
  void isFollowedByAnotherWhenAListenerComes() throws Exception {
    Reservation own = records.reserve(10L * LENGTH);
    BlockAppend arrival = arrival(own);
    RecordBuffer buffer = buffer(arrival);
    buffer.append(arrival, BLOCK, 0);

    BlockAppend traced =
        BlockAppend.copied(
            BlockRecordOrigin.whole(account, 2), BLOCK, own, new RecordOverhead(overhead, records));

    assertThat(buffer.accepts(traced, BLOCK)).isFalse();
  }

  @Test
  void givesBackOverheadThatWasTakenFromTheRecordsBudget() throws Exception {
    Reservation own = records.reserve(10L * LENGTH);
    BlockAppend arrival = arrival(own);
    RecordBuffer buffer = new RecordBuffer(arrival, records, records.reserve(300));
    buffer.reserve(overhead.reserve(20));
    buffer.reserve(records.reserve(30));
    buffer.reserve(overhead.reserve(40));
    buffer.append(arrival, BLOCK, 100_000);
    own.close();

    RecordSlice slice = buffer.close();

    assertThat(records.usedBytes()).isEqualTo(330L + LENGTH);
    assertThat(overhead.usedBytes()).isEqualTo(60);
    slice.release();
    assertThat(records.usedBytes()).isZero();
    assertThat(overhead.usedBytes()).isZero();
  }

  private BlockAppend arrival(Reservation own) {
    return BlockAppend.copied(
        BlockRecordOrigin.untraced(account, 1), BLOCK, own, new RecordOverhead(overhead, records));
  }

  private RecordBuffer buffer(BlockAppend arrival) throws InterruptedException {
    return new RecordBuffer(
        arrival, records, overhead.reserve(RecordBuffer.bytesFor(arrival, BLOCK)));
  }
}
