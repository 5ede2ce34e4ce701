// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dcos.metrics.codec.RecordEncoder;
import dcos.metrics.codec.RecordEncoder.Gauge;
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
  private final Tally tally;
  private final Datapoints datapoints = new Datapoints();
  private final RecordEncoder encoder = new RecordEncoder();

  SnapshotReader(String topic, long nowMs, RecordSink sink, Tally tally) {
    this.topic = topic;
    this.nowMs = nowMs;
    this.sink = sink;
    this.tally = tally;
  }

  /** Reads the whole stream and closes it. A broken one gives nothing that was not full before. */
  void read(InputStream in) throws IOException, InterruptedException {
    try (JsonParser json = AgentJson.open(in, JsonToken.START_OBJECT)) {
      NumberWalk walk = new NumberWalk(json, PREFIX, this::take);
      try {
        walk.fields();
        AgentJson.expectEnd(json);
      } finally {
        tally.leftOutValues(walk.leftOut());
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
    tally.handedOn(1, taken.size());
  }
}
