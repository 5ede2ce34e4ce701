// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.message.Message;
import org.junit.jupiter.api.Test;

class QueueTotalsTest {
  private final QueueTotals totals = new QueueTotals();

  @Test
  void aMessageIsCountedWhereItIs() {
    Message message = Messages.of("a", 100);
    totals.queued(message);
    totals.queued(Messages.of("b", 20));
    assertCounts(2, 120, 0, 0);

    totals.sent(message);
    assertCounts(1, 20, 1, 100);

    totals.answered(message);
    assertCounts(1, 20, 0, 0);
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

  private void assertCounts(int waiting, long waitingBytes, int inFlight, long inFlightBytes) {
    assertThat(totals.waitingMessages()).isEqualTo(waiting);
    assertThat(totals.waitingBytes()).isEqualTo(waitingBytes);
    assertThat(totals.inFlightMessages()).isEqualTo(inFlight);
    assertThat(totals.inFlightBytes()).isEqualTo(inFlightBytes);
  }
}
