// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dcos.metrics.codec.record.RecordEncoder;
import dcos.metrics.codec.record.RecordEncoder.Gauge;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Makes a record of {@code /metrics/snapshot}: an object of numbers. A snapshot of any usual size
 * is one record; a very large one becomes several. For one use.
 */
final class SnapshotReader {
  private static final String PREFIX = "dcos.metrics.agent.";

  private final String topic;
  private final long nowMs;
  private final RecordSink sink;
  private final PollCounters counters;
  private final Datapoints datapoints = new Datapoints();
  private final RecordEncoder encoder = new RecordEncoder();

  SnapshotReader(String topic, long nowMs, RecordSink sink, PollCounters counters) {
    this.topic = topic;
    this.nowMs = nowMs;
    this.sink = sink;
    this.counters = counters;
  }

  /** Reads the whole stream and closes it. A broken one gives nothing that was not full before. */
  void read(InputStream in) throws IOException, InterruptedException {
    try (JsonParser json = AgentJson.open(in, JsonToken.START_OBJECT)) {
      NumberFlattener walk = new NumberFlattener(json, PREFIX, this::take);
      try {
        walk.fields();
        AgentJson.expectEnd(json);
      } finally {
        counters.leftOutValues(walk.leftOut());
      }
      if (!datapoints.isEmpty()) {
        handOn();
      }
    }
  }

  private boolean take(String key, double value) throws InterruptedException {
    String name = key.replace('/', '.');
    if (!datapoints.add(name, value)) {
      handOn();
      return datapoints.add(name, value);
    }
    return true;
  }

  private void handOn() throws InterruptedException {
    List<Gauge> taken = datapoints.take();
    encoder.add(topic, Map.of(), nowMs, taken);
    sink.accept(encoder.toBlock());
    counters.handedOn(1, taken.size());
  }
}
