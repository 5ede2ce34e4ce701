// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector;

import dcos.metrics.collector.agent.AgentFigures;
import dcos.metrics.collector.agent.AgentPoller;
import dcos.metrics.collector.batch.TopicBatches;
import dcos.metrics.collector.figures.Figures;
import dcos.metrics.collector.figures.WaitingTopic;
import dcos.metrics.collector.http.Health;
import dcos.metrics.collector.ingest.TcpInput;
import dcos.metrics.collector.kafka.KafkaDelivery;
import dcos.metrics.collector.kafka.KafkaFigures;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.memory.Budget;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the rooms of the pipeline say of themselves, put together. Thread-safe.
 *
 * @param kafka null in a dry run
 */
record View(
    Ledger ledger,
    Budgets budgets,
    TcpInput input,
    AgentPoller agent,
    boolean agentPolled,
    TopicBatches batches,
    Outflow outflow,
    @Nullable KafkaDelivery kafka,
    Instant started) {

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
        output());
  }

  Health health() {
    Optional<Instant> agentAnswered =
        agent.figures().lastAnswers().values().stream().max(Comparator.naturalOrder());
    if (kafka == null) {
      return new Health(
          Optional.empty(),
          Health.Kafka.DRY_RUN,
          started,
          Optional.empty(),
          agentPolled,
          agentAnswered);
    }
    KafkaFigures sent = kafka.figures();
    Health.Kafka state =
        switch (sent.state()) {
          case CONNECTING -> Health.Kafka.CONNECTING;
          case UP -> Health.Kafka.UP;
          case NOT_DELIVERING -> Health.Kafka.NOT_DELIVERING;
          // Before the first acknowledgement nothing has gone away yet.
          case DOWN -> sent.acknowledged() > 0 ? Health.Kafka.DOWN : Health.Kafka.CONNECTING;
        };
    return new Health(
        Optional.empty(),
        state,
        Instant.now().minus(sent.lasted()),
        sent.state().isOutage() ? sent.lastError() : Optional.empty(),
        agentPolled,
        agentAnswered);
  }

  /** The topics that Kafka does not take messages of; none in a dry run. */
  List<WaitingTopic> waitingTopics() {
    return kafka == null ? List.of() : kafka.waiting();
  }

  private Figures.KafkaOutput output() {
    if (kafka == null) {
      return new Figures.KafkaOutput(
          false, outflow.messages(), 0, 0, 0, outflow.throttledMessages(), 0, 0, 0);
    }
    KafkaFigures sent = kafka.figures();
    return new Figures.KafkaOutput(
        sent.up(),
        sent.submitted(),
        sent.acknowledged(),
        sent.resent(),
        sent.split(),
        outflow.throttledMessages(),
        sent.undeliverable(),
        sent.onTheirWayMessages(),
        sent.waitingMessages());
  }
}
