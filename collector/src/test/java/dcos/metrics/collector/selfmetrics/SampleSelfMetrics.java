// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.figures;

import dcos.metrics.collector.delivery.DeliveryStatus;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Ledger.Entry;
import dcos.metrics.collector.ledger.Ledger.Posting;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.message.Trigger;
import dcos.metrics.collector.outcome.Term;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Figures of a collector in use, no two alike where they could be mistaken for each other. */
public final class SampleFigures {
  private SampleFigures() {}

  /** Of this ledger, and of rooms that have done something. */
  public static Figures of(Ledger ledger) {
    return new Figures(
        ledger.snapshot(),
        new Figures.Input(12, 3, 4, 5, 6000, 7),
        new Figures.Memory(16_777_216, 8192, 9),
        List.of(
            new Figures.BudgetUse("records", 16_777_216, 8192, 9, false),
            new Figures.BudgetUse("pieces", 2_097_152, 4096, 18, true)),
        new Figures.AgentPoll(30, 2, 11, 1),
        new Figures.TopicSorter(
            2, 13, 1300, Map.of(Trigger.COUNT, 21L, Trigger.SIZE, 22L, Trigger.SHUTDOWN, 25L)),
        output(DeliveryStatus.State.UP, new DeliveryStatus.Messages(40, 37, 6, 8, 15, 16, 17), 14));
  }

  /** Of rooms that have done nothing. */
  public static Figures idle(Ledger ledger) {
    return new Figures(
        ledger.snapshot(),
        new Figures.Input(0, 0, 0, 0, 0, 0),
        new Figures.Memory(16_777_216, 0, 0),
        List.of(new Figures.BudgetUse("records", 16_777_216, 0, 0, false)),
        new Figures.AgentPoll(0, 0, 0, 0),
        new Figures.TopicSorter(0, 0, 0, Map.of()),
        output(
            DeliveryStatus.State.CONNECTING, new DeliveryStatus.Messages(0, 0, 0, 0, 0, 0, 0), 0));
  }

  private static Figures.Output output(
      DeliveryStatus.State state, DeliveryStatus.Messages messages, long throttled) {
    var status = new DeliveryStatus(state, Instant.EPOCH, false, Optional.empty(), messages);
    return new Figures.Output(status, throttled);
  }

  /** A ledger with every kind of term but the recovered, of two sources and three topics. */
  public static Ledger ledger() {
    var ledger = new Ledger();
    Source agent = ledger.open(Source.AGENT_NAME);
    Source tcp = ledger.open("tcp 127.0.0.1:40122");
    Account first =
        ledger.receive(agent, List.of(new Entry("metrics-agent", Term.HELD, 10, 1000))).getFirst();
    Account second =
        ledger
            .receive(
                tcp,
                List.of(
                    new Entry("metrics-web", Term.HELD, 20, 2000),
                    new Entry("metrics-web", Term.THROTTLED_INPUT, 3, 300),
                    new Entry("..", Term.REJECTED_TOPIC, 1, 50)))
            .getFirst();
    ledger.settle(List.of(new Posting(first, 6, 600)), Term.DELIVERED);
    ledger.settle(List.of(new Posting(second, 4, 400)), Term.THROTTLED_GLOBAL);
    ledger.settle(List.of(new Posting(second, 2, 200)), Term.UNDELIVERABLE_TOO_LARGE);
    ledger.settle(List.of(new Posting(second, 5, 500)), Term.DRY_RUN);
    return ledger;
  }
}
