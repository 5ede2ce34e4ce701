// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.collector.enrich.AgentState;
import dcos.metrics.collector.event.EventTap;
import dcos.metrics.collector.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Collects what a poller hands on. */
final class Polled {
  static final Instant NOW = Instant.parse("2025-03-04T05:06:07.089Z");

  final List<AgentState> states = new CopyOnWriteArrayList<>();
  final List<List<MetricList>> batches = new CopyOnWriteArrayList<>();
  final List<String> refused = new CopyOnWriteArrayList<>();

  /** Starts nothing; the clock stands still. */
  AgentPoller poller(Settings.Agent settings) {
    return new AgentPoller(
        settings, "1.2.3", states::add, this::accept, () -> NOW, refused::add, new EventTap());
  }

  /** A poller to be polled by hand. */
  AgentPoller connected(Settings.Agent settings) throws Exception {
    AgentPoller poller = poller(settings);
    poller.connect(Duration.ofSeconds(20));
    return poller;
  }

  void accept(RecordBlock block) {
    batches.add(MetricListCodec.decode(block));
  }

  List<MetricList> records() {
    return batches.stream().flatMap(List::stream).toList();
  }

  static Datapoint datapoint(String name, long timeMs, double value) {
    return new Datapoint(name, timeMs, value);
  }
}
