// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.testkit.broker;

import java.util.Map;

/** What makes a broker small and quick for one machine. */
final class SmallBrokerSettings {
  static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("num.partitions", "1"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("transaction.state.log.num.partitions", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          // A consumer alone in its group has nobody to wait for.
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          // A node that was stopped may be back this soon, and its stop waits for a heartbeat.
          Map.entry("broker.session.timeout.ms", "5000"),
          Map.entry("broker.heartbeat.interval.ms", "500"),
          Map.entry("num.network.threads", "1"),
          Map.entry("num.io.threads", "2"),
          Map.entry("background.threads", "2"),
          Map.entry("num.recovery.threads.per.data.dir", "1"),
          // 128 MB by default, taken at the start.
          Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
          Map.entry("log.cleaner.io.buffer.size", "65536"),
          // Mapped for every partition, 10 MB each by default.
          Map.entry("log.index.size.max.bytes", "262144"));

  private SmallBrokerSettings() {}
}
