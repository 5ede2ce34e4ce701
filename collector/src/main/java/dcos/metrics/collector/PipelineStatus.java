// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.collector.agent.AgentPoller;
import dcos.metrics.collector.agent.PollStatistics;
import dcos.metrics.collector.batch.TopicBatches;
import dcos.metrics.collector.delivery.Delivery;
import dcos.metrics.collector.delivery.OutputLimiter;
import dcos.metrics.collector.http.Health;
import dcos.metrics.collector.ingest.TcpInput;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** The status of all parts of the pipeline. Thread-safe. */
record PipelineStatus(
    Ledger ledger,
    PipelineBudgets budgets,
    TcpInput input,
    AgentPoller agent,
    boolean agentPolled,
    TopicBatches batches,
    OutputLimiter limiter,
    Delivery delivery) {

  SelfMetricSnapshot selfMetrics() {
    PollStatistics polled = agent.selfMetrics();
    MemoryBudget records = budgets.records();
    return new SelfMetricSnapshot(
        ledger.snapshot(),
        input.selfMetrics(),
        new SelfMetricSnapshot.Memory(records.limitBytes(), records.usedBytes(), records.waits()),
        budgets.use(),
        new SelfMetricSnapshot.AgentPoll(
            polled.queries(),
            polled.failures(),
            polled.leftOutValues(),
            polled.leftOutContainers().values().stream().mapToLong(Long::longValue).sum()),
        batches.selfMetrics(),
        new SelfMetricSnapshot.OutputMetrics(delivery.status(), limiter.throttledMessages()));
  }

  Health health() {
    Optional<Instant> agentAnswered =
        agent.selfMetrics().lastAnswers().values().stream().max(Comparator.naturalOrder());
    return new Health(Optional.empty(), delivery.status(), agentPolled, agentAnswered);
  }
}
