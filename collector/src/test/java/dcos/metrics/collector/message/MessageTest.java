// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.message;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.codec.RecordBlock;
import dcos.metrics.collector.event.Part;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.Budget;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.collector.testing.Records;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final RecordBlock BLOCK =
      Records.block(Records.of("a"), Records.of("a"), Records.of("a"));

  private final Budget records = new Budget(1 << 20, () -> {});
  private final Budget pieces = new Budget(1 << 20, () -> {});
  private final Ledger ledger = new Ledger();
  private final Account account =
      ledger
          .receive(ledger.open("test"), List.of(new Ledger.Entry("a", Term.HELD, 3, 30)))
          .getFirst();

  @Test
  void givesBackWhatItsRecordsAndItselfWereChargedFor() throws InterruptedException {
    Message message = message();

    assertThat(records.usedBytes()).isEqualTo(100);
    assertThat(pieces.usedBytes()).isEqualTo(20 + 31);
    message.release();

    assertThat(records.usedBytes()).isZero();
    assertThat(pieces.usedBytes()).isZero();
  }

  @Test
  void givesAllBackOnceBothHalvesAreReleased() throws InterruptedException {
    List<Message> halves = message().split();

    assertThat(halves).extracting(Message::records).containsExactly(1, 2);
    assertThat(halves).extracting(Message::whole).containsExactly(false, false);
    halves.getFirst().release();
    assertThat(records.usedBytes()).isEqualTo(100);
    assertThat(pieces.usedBytes()).isEqualTo(20 + 15);
    halves.getLast().release();

    assertThat(records.usedBytes()).isZero();
    assertThat(pieces.usedBytes()).isZero();
  }

  @Test
  void keepsWhichRecordsAHalfHolds() throws InterruptedException {
    List<Message> halves = message().split();

    assertThat(halves.getFirst().parts()).containsExactly(new Part(7, 0, 1));
    assertThat(halves.getLast().parts()).containsExactly(new Part(7, 1, 2));
    int record = BLOCK.length() / 3;
    assertThat(halves.getLast().postings())
        .containsExactly(new Ledger.Posting(account, 2, 2L * record));
  }

  private Message message() throws InterruptedException {
    var held = new HeldBlock(BlockOrigin.whole(account, 7), records.charge(100), pieces.charge(20));
    return Message.of(1, "a", List.of(Slice.all(held, BLOCK)), pieces.charge(31), Trigger.PERIOD);
  }
}
