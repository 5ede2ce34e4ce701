// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordEncoder;
import dcos.metrics.codec.record.RecordEncoder.Gauge;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a record of each container in {@code /containers}, and hands them on in bounded batches. A
 * container that can not become a record loses only itself. For one use.
 */
final class ContainersReader {
  static final int MAX_BATCH = 64;

  private static final Logger logger = LoggerFactory.getLogger(ContainersReader.class);
  private static final String PREFIX = "dcos.metrics.container.";

  private final RecordSink sink;
  private final PollCounters counters;
  private final RecordEncoder batch = new RecordEncoder();
  private int batchSize;
  private int batchDatapoints;

  ContainersReader(RecordSink sink, PollCounters counters) {
    this.sink = sink;
    this.counters = counters;
  }

  /** Reads the whole stream and closes it. Of a broken one, the containers before that are kept. */
  void read(InputStream in) throws IOException, InterruptedException {
    try (JsonParser json = AgentJson.open(in, JsonToken.START_ARRAY)) {
      try {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          if (json.currentToken() == JsonToken.START_OBJECT) {
            container(json);
          } else {
            json.skipChildren();
            leaveOut(SkipReason.NO_STATISTICS, null);
          }
        }
        AgentJson.expectEnd(json);
      } catch (IOException e) {
        handOn();
        throw e;
      }
      handOn();
    }
  }

  private void container(JsonParser json) throws IOException, InterruptedException {
    String containerId = null;
    String executorId = null;
    String frameworkId = null;
    Statistics statistics = new Statistics();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "container_id" -> containerId = AgentJson.text(json);
        case "executor_id" -> executorId = AgentJson.text(json);
        case "framework_id" -> frameworkId = AgentJson.text(json);
        case "statistics" -> statistics = Statistics.read(json, counters);
        default -> json.skipChildren();
      }
    }
    if (statistics.datapoints.isEmpty()) {
      leaveOut(SkipReason.NO_STATISTICS, containerId);
    } else if (statistics.timeMs.isEmpty()) {
      leaveOut(SkipReason.NO_TIMESTAMP, containerId);
    } else if (frameworkId == null) {
      leaveOut(SkipReason.NO_FRAMEWORK, containerId);
    } else {
      Map<String, String> tags = new LinkedHashMap<>();
      addTag(tags, "container_id", containerId);
      addTag(tags, "executor_id", executorId);
      addTag(tags, "framework_id", frameworkId);
      batchSize += statistics.datapoints.size();
      List<Gauge> taken = statistics.datapoints.take();
      batchDatapoints += taken.size();
      batch.add(frameworkId, tags, statistics.timeMs.getAsLong(), taken);
      if (batch.records() == MAX_BATCH || batchSize >= Datapoints.MAX_SIZE) {
        handOn();
      }
    }
  }

  private static void addTag(Map<String, String> tags, String key, @Nullable String value) {
    if (value != null) {
      tags.put(key, value);
    }
  }

  private void handOn() throws InterruptedException {
    if (batch.records() == 0) {
      return;
    }
    RecordBlock block = batch.toBlock();
    int datapoints = batchDatapoints;
    batchSize = 0;
    batchDatapoints = 0;
    sink.accept(block);
    counters.handedOn(block.records(), datapoints);
  }

  private void leaveOut(SkipReason reason, @Nullable String containerId) {
    // Once for each reason: the same containers come back in every poll, the figures count them.
    if (counters.leftOut(reason) == 1) {
      logger
          .atInfo()
          .addKeyValue("container_id", containerId)
          .addKeyValue("reason", reason)
          .log("a container of the agent becomes no record; further ones are only counted");
    }
  }

  /** What a container's statistics say: the timestamp may stand anywhere among them. */
  private static final class Statistics {
    private final Datapoints datapoints = new Datapoints();
    private OptionalLong timeMs = OptionalLong.empty();

    private static Statistics read(JsonParser json, PollCounters counters)
        throws IOException, InterruptedException {
      Statistics statistics = new Statistics();
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        return statistics;
      }
      NumberFlattener walk = new NumberFlattener(json, PREFIX, statistics.datapoints::add);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        JsonToken token = json.nextToken();
        if (field.equals("timestamp") && token.isNumeric()) {
          statistics.timeMs = MesosTime.wholeMillis(json.getText());
        } else {
          walk.field(field);
        }
      }
      counters.leftOutValues(walk.leftOut());
      return statistics;
    }
  }
}
