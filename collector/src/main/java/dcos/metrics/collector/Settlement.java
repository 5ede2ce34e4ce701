// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Term;
import dcos.metrics.collector.message.Delivery;
import dcos.metrics.collector.message.Message;
import dcos.metrics.collector.message.Outcome;

/** Enters what became of a message in the ledger, then gives its memory back. Thread-safe. */
final class Settlement implements Delivery.Settlements {
  private final Ledger ledger;

  Settlement(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void settled(Message message, Outcome outcome) {
    var postings =
        message.slices().stream()
            .map(
                slice ->
                    new Ledger.Posting(
                        slice.held().account(),
                        slice.records().records(),
                        slice.records().length()))
            .toList();
    ledger.settle(postings, termOf(outcome));
    message.release();
  }

  private static Term termOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered _ -> Term.DELIVERED;
      case Outcome.DryRun _ -> Term.DRY_RUN;
      case Outcome.Throttled _ -> Term.THROTTLED_GLOBAL;
      case Outcome.Undeliverable(var reason, _) ->
          switch (reason) {
            case TOO_LARGE -> Term.UNDELIVERABLE_TOO_LARGE;
            case NOT_AUTHORIZED -> Term.UNDELIVERABLE_NOT_AUTHORIZED;
            case ILLEGAL_TOPIC -> Term.UNDELIVERABLE_ILLEGAL_TOPIC;
            case REFUSED -> Term.UNDELIVERABLE_REFUSED;
            case SHUTDOWN -> Term.UNDELIVERABLE_SHUTDOWN;
          };
    };
  }
}
