// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import dcos.metrics.collector.delivery.DeliveryStatus;
import dcos.metrics.collector.ledger.Account;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.ledger.Ledger.Posting;
import dcos.metrics.collector.ledger.Ledger.SourceEntry;
import dcos.metrics.collector.ledger.Source;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.outcome.LedgerTerm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Figures of a collector in use, no two alike where they could be mistaken for each other. */
public final class SampleSelfMetrics {
  private SampleSelfMetrics() {}

  /** Of this ledger, and of rooms that have done something. */
  public static SelfMetricSnapshot of(Ledger ledger) {
    return new SelfMetricSnapshot(
        ledger.snapshot(),
        new SelfMetricSnapshot.InputMetrics(12, 3, 4, 5, 6000, 7),
        new SelfMetricSnapshot.Memory(16_777_216, 8192, 9),
        List.of(
            new SelfMetricSnapshot.BudgetUse("records", 16_777_216, 8192, 9, false),
            new SelfMetricSnapshot.BudgetUse("pieces", 2_097_152, 4096, 18, true)),
        new SelfMetricSnapshot.AgentPoll(30, 2, 11, 1),
        new SelfMetricSnapshot.TopicSorter(
            2,
            13,
            1300,
            Map.of(FlushTrigger.COUNT, 21L, FlushTrigger.SIZE, 22L, FlushTrigger.SHUTDOWN, 25L)),
        output(
            DeliveryStatus.DeliveryState.UP,
            new DeliveryStatus.Messages(40, 37, 6, 8, 15, 16, 17),
            14));
  }

  /** Of rooms that have done nothing. */
  public static SelfMetricSnapshot idle(Ledger ledger) {
    return new SelfMetricSnapshot(
        ledger.snapshot(),
        new SelfMetricSnapshot.InputMetrics(0, 0, 0, 0, 0, 0),
        new SelfMetricSnapshot.Memory(16_777_216, 0, 0),
        List.of(new SelfMetricSnapshot.BudgetUse("records", 16_777_216, 0, 0, false)),
        new SelfMetricSnapshot.AgentPoll(0, 0, 0, 0),
        new SelfMetricSnapshot.TopicSorter(0, 0, 0, Map.of()),
        output(
            DeliveryStatus.DeliveryState.CONNECTING,
            new DeliveryStatus.Messages(0, 0, 0, 0, 0, 0, 0),
            0));
  }

  private static SelfMetricSnapshot.OutputMetrics output(
      DeliveryStatus.DeliveryState state, DeliveryStatus.Messages messages, long throttled) {
    var status = new DeliveryStatus(state, Instant.EPOCH, false, Optional.empty(), messages);
    return new SelfMetricSnapshot.OutputMetrics(status, throttled);
  }

  /** A ledger with every kind of term but the recovered, of two sources and three topics. */
  public static Ledger ledger() {
    var ledger = new Ledger();
    Source agent = ledger.open(Source.AGENT_NAME);
    Source tcp = ledger.open("tcp 127.0.0.1:40122");
    Account first =
        ledger
            .receive(agent, List.of(new SourceEntry("metrics-agent", LedgerTerm.HELD, 10, 1000)))
            .getFirst();
    Account second =
        ledger
            .receive(
                tcp,
                List.of(
                    new SourceEntry("metrics-web", LedgerTerm.HELD, 20, 2000),
                    new SourceEntry("metrics-web", LedgerTerm.THROTTLED_INPUT, 3, 300),
                    new SourceEntry("..", LedgerTerm.REJECTED_TOPIC, 1, 50)))
            .getFirst();
    ledger.settle(List.of(new Posting(first, 6, 600)), LedgerTerm.DELIVERED);
    ledger.settle(List.of(new Posting(second, 4, 400)), LedgerTerm.THROTTLED_GLOBAL);
    ledger.settle(List.of(new Posting(second, 2, 200)), LedgerTerm.UNDELIVERABLE_TOO_LARGE);
    ledger.settle(List.of(new Posting(second, 5, 500)), LedgerTerm.DRY_RUN);
    return ledger;
  }
}
