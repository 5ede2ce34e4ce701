// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.testing.Records;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final RecordBlock BLOCK =
      Records.block(Records.of("a"), Records.of("a"), Records.of("a"));

  private final MemoryBudget records = new MemoryBudget(1 << 20, () -> {});
  private final MemoryBudget overhead = new MemoryBudget(1 << 20, () -> {});
  private final Ledger ledger = new Ledger();
  private final Account account =
      ledger
          .receive(
              ledger.open("test"), List.of(new Ledger.SourceEntry("a", LedgerTerm.HELD, 3, 30)))
          .getFirst();

  @Test
  void givesBackWhatItsRecordsAndItselfWereChargedFor() throws InterruptedException {
    Message message = message();

    assertThat(records.usedBytes()).isEqualTo(100);
    assertThat(overhead.usedBytes()).isEqualTo(20 + 31);
    message.release();

    assertThat(records.usedBytes()).isZero();
    assertThat(overhead.usedBytes()).isZero();
  }

  @Test
  void givesAllBackOnceBothHalvesAreReleased() throws InterruptedException {
    List<Message> halves = message().split();

    assertThat(halves).extracting(Message::records).containsExactly(1, 2);
    assertThat(halves).extracting(Message::whole).containsExactly(false, false);
    halves.getFirst().release();
    assertThat(records.usedBytes()).isEqualTo(100);
    assertThat(overhead.usedBytes()).isEqualTo(20 + 15);
    halves.getLast().release();

    assertThat(records.usedBytes()).isZero();
    assertThat(overhead.usedBytes()).isZero();
  }

  @Test
  void keepsWhichRecordsAHalfHolds() throws InterruptedException {
    List<Message> halves = message().split();

    assertThat(halves.getFirst().ranges()).containsExactly(new RecordRange(7, 0, 1));
    assertThat(halves.getLast().ranges()).containsExactly(new RecordRange(7, 1, 2));
    int record = BLOCK.length() / 3;
    assertThat(halves.getLast().postings())
        .containsExactly(new Ledger.Posting(account, 2, 2L * record));
  }

  private Message message() throws InterruptedException {
    var held =
        new HeldBlock(
            BlockRecordOrigin.whole(account, 7), records.reserve(100), overhead.reserve(20));
    return Message.of(
        1, "a", List.of(RecordSlice.all(held, BLOCK)), overhead.reserve(31), FlushTrigger.PERIOD);
  }
}
