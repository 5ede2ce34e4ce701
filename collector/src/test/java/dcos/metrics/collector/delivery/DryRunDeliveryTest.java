// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.message.BlockRecordOrigin;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.HeldBlock;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.RecordSlice;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DryRunDeliveryTest {
  @Test
  void makesEachMessageAndSettlesItAtOnce() throws InterruptedException {
    List<Message> encoded = new ArrayList<>();
    List<String> settled = new ArrayList<>();
    Message message = message();
    try (var delivery =
        new DryRunDelivery(
            one -> {
              encoded.add(one);
              return new byte[7];
            },
            (one, outcome) -> settled.add(one.id() + " " + outcome))) {
      delivery.start();
      delivery.submit(message);

      assertThat(delivery.isBehind("metrics-a")).isFalse();
      assertThat(delivery.waitingTopics()).isEmpty();
      assertThat(delivery.status().state()).isEqualTo(DeliveryStatus.DeliveryState.DRY_RUN);
      assertThat(delivery.status().messages().submitted()).isEqualTo(1);
    }

    assertThat(encoded).containsExactly(message);
    assertThat(settled).containsExactly("1 DryRun[]");
  }

  private static Message message() throws InterruptedException {
    var ledger = new Ledger();
    Account account =
        ledger
            .receive(
                ledger.open("test"),
                List.of(new Ledger.SourceEntry("metrics-a", LedgerTerm.HELD, 1, 3)))
            .getFirst();
    var held =
        new HeldBlock(
            BlockRecordOrigin.whole(account, 1), new MemoryBudget(100, () -> {}).reserve(3));
    var slice = RecordSlice.all(held, new RecordBlock(new byte[3], 0, 3, 1));
    return Message.of(1, "metrics-a", List.of(slice), FlushTrigger.PERIOD);
  }
}
