// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.selfmetrics;

import dcos.metrics.collector.delivery.DeliveryStatus;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.memory.MemoryBudget;
import dcos.metrics.collector.message.FlushTrigger;
import java.util.List;
import java.util.Map;

/**
 * The collector's self-metrics at one instant. The outcomes of records are in the ledger only; the
 * other components hold everything else. Each is a counter since the start of the collector, unless
 * its description has "now". Immutable.
 */
public record SelfMetricSnapshot(
    LedgerSnapshot ledger,
    InputMetrics input,
    Memory memory,
    List<BudgetUse> budgets,
    AgentPoll agent,
    TopicSorter router,
    OutputMetrics output) {
  public SelfMetricSnapshot {
    budgets = List.copyOf(budgets);
  }

  /**
   * The TCP side.
   *
   * @param sessionsOpened connections that were taken
   * @param sessionsOpen connections now
   * @param sessionsRefused connections beyond the most that may be open
   * @param streamsBroken streams that were closed because of an error in them
   * @param readBytes off sockets, headers and compressed blocks as they came
   * @param blocks that were taken whole
   */
  public record InputMetrics(
      long sessionsOpened,
      long sessionsOpen,
      long sessionsRefused,
      long streamsBroken,
      long readBytes,
      long blocks) {}

  /**
   * The budget that bytes off sockets are charged to.
   *
   * @param limitBytes the setting
   * @param usedBytes now
   * @param waits charges that had to wait, which is when senders were held back
   */
  public record Memory(long limitBytes, long usedBytes, long waits) {}

  /**
   * One of the budgets of memory for what others send.
   *
   * @param name what is charged to it, as a label: lower case with underscores
   * @param limitBytes the most that it gives out
   * @param usedBytes now
   * @param waits how often it had too few free bytes: a charge had to wait, or a schema or event
   *     was left out
   * @param exhausted whether it has too few free bytes now
   */
  public record BudgetUse(
      String name, long limitBytes, long usedBytes, long waits, boolean exhausted) {
    /** How a budget is used at this moment. */
    public static BudgetUse of(String name, MemoryBudget budget) {
      return new BudgetUse(
          name,
          budget.limitBytes(),
          budget.usedBytes(),
          budget.waits(),
          budget.isContended() || budget.isCrowded());
    }
  }

  /**
   * The polls of the Mesos agent.
   *
   * @param queries requests, and files read instead
   * @param failures of them
   * @param leftOutValues values that are not numbers
   * @param leftOutContainers containers without statistics
   */
  public record AgentPoll(
      long queries, long failures, long leftOutValues, long leftOutContainers) {}

  /**
   * The batches, a topic each.
   *
   * @param openTopics topics with something pending now
   * @param pendingRecords in open batches now
   * @param pendingBytes in open batches now
   * @param messages made so far, by what set them off; a trigger that is missing made none
   */
  public record TopicSorter(
      long openTopics, long pendingRecords, long pendingBytes, Map<FlushTrigger, Long> messages) {
    public TopicSorter {
      messages = Map.copyOf(messages);
    }

    long messages(FlushTrigger trigger) {
      return messages.getOrDefault(trigger, 0L);
    }
  }

  /**
   * What leaves.
   *
   * @param status how delivery goes
   * @param throttledMessages dropped over the global limit
   */
  public record OutputMetrics(DeliveryStatus status, long throttledMessages) {
    boolean isUp() {
      return status.state() == DeliveryStatus.DeliveryState.UP;
    }

    DeliveryStatus.Messages messages() {
      return status.messages();
    }
  }
}
