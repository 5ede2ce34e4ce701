// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.collector.agent.AgentFigures;
import dcos.metrics.collector.agent.AgentPoller;
import dcos.metrics.collector.batch.TopicBatches;
import dcos.metrics.collector.delivery.Delivery;
import dcos.metrics.collector.delivery.OutputLimiter;
import dcos.metrics.collector.figures.Figures;
import dcos.metrics.collector.http.Health;
import dcos.metrics.collector.ingest.TcpInput;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.Budget;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** What the rooms of the pipeline say of themselves, put together. Thread-safe. */
record View(
    Ledger ledger,
    Budgets budgets,
    TcpInput input,
    AgentPoller agent,
    boolean agentPolled,
    TopicBatches batches,
    OutputLimiter limiter,
    Delivery delivery) {

  Figures figures() {
    AgentFigures polled = agent.figures();
    Budget records = budgets.records();
    return new Figures(
        ledger.snapshot(),
        input.figures(),
        new Figures.Memory(records.limitBytes(), records.usedBytes(), records.waits()),
        budgets.use(),
        new Figures.AgentPoll(
            polled.queries(),
            polled.failures(),
            polled.leftOutValues(),
            polled.leftOutContainers().values().stream().mapToLong(Long::longValue).sum()),
        batches.figures(),
        new Figures.Output(delivery.status(), limiter.throttledMessages()));
  }

  Health health() {
    Optional<Instant> agentAnswered =
        agent.figures().lastAnswers().values().stream().max(Comparator.naturalOrder());
    return new Health(Optional.empty(), delivery.status(), agentPolled, agentAnswered);
  }
}
