// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.kafka.Messages;
import dcos.metrics.collector.message.Message;
import org.junit.jupiter.api.Test;

class QueueTotalsTest {
  private final QueueTotals totals = new QueueTotals();

  @Test
  void aMessageIsCountedWhileItWaits() {
    Message message = Messages.of("a", 100);
    totals.queued(message);
    totals.queued(Messages.of("b", 20));
    assertThat(totals.waitingMessages()).isEqualTo(2);
    assertThat(totals.waitingBytes()).isEqualTo(120);

    totals.removed(message);

    assertThat(totals.waitingMessages()).isEqualTo(1);
    assertThat(totals.waitingBytes()).isEqualTo(20);
  }

  @Test
  void aMessageInPartsIsSettledWithItsLastPart() {
    totals.submitted(0);
    totals.split(2);

    totals.settled(1);
    assertThat(totals.isSettled()).isFalse();
    totals.settled(1);

    assertThat(totals.isSettled()).isTrue();
  }

  @Test
  void unsettledTimeCountsFromTheFirstMessageSinceAllWereSettled() {
    assertThat(totals.unsettledNanos(5)).isZero();
    totals.submitted(10);
    totals.submitted(20);
    totals.settled(1);
    assertThat(totals.unsettledNanos(25)).isEqualTo(15);

    totals.settled(1);
    assertThat(totals.unsettledNanos(30)).isZero();
    totals.submitted(40);

    assertThat(totals.unsettledNanos(45)).isEqualTo(5);
  }
}
