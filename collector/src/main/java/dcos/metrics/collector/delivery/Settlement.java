// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.delivery;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import java.util.List;

/**
 * Enters what became of a message in the ledger, says it, and gives its memory back. Thread-safe.
 */
public final class Settlement implements Delivery.Settlements {
  private final Ledger ledger;
  private final EventTap tap;

  public Settlement(Ledger ledger, EventTap tap) {
    this.ledger = ledger;
    this.tap = tap;
  }

  @Override
  public void settled(Message message, Outcome outcome) {
    ledger.settle(message.postings(), outcome.term());
    if (tap.isOpen()) {
      List<RecordRange> ranges = message.whole() ? List.of() : message.ranges();
      tap.publish(
          new Event.MessageSettled(
              EventTime.now(), message.id(), message.records(), ranges, outcome));
    }
    message.release();
  }
}
