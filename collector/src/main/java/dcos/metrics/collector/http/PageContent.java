// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.http;

import dcos.metrics.collector.delivery.WaitingTopic;
import dcos.metrics.collector.selfmetrics.SelfMetricSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the pages get their content from, while they answer requests: each is called on many
 * threads. Immutable.
 *
 * @param waitingTopics the topics whose messages Kafka does not accept
 */
public record PageContent(
    Supplier<SelfMetricSnapshot> selfMetrics,
    Supplier<Health> health,
    Supplier<List<WaitingTopic>> waitingTopics,
    EventCopier events) {
  /** Writes events to a client. */
  @FunctionalInterface
  public interface EventCopier {
    /** Writes all events from now on, until a write fails or the thread is interrupted. */
    void copyTo(OutputStream out) throws IOException, InterruptedException;
  }
}
