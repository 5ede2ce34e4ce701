// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.benchmarks;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Records as senders make them. */
final class SampleRecords {
  private static final long TIME_MS = 1_700_000_000_000L;

  private SampleRecords() {}

  /** A record with some tags of an agent's container, and gauges. */
  static MetricList record(String topic, int tags, int datapoints, long number) {
    List<Tag> tagList = new ArrayList<>(tags);
    if (tags > 0) {
      tagList.add(new Tag("framework_id", "5349f49b-68b3-4638-aab2-fc4ec845f993-0000"));
    }
    for (int i = 1; i < tags; i++) {
      tagList.add(new Tag("tag_" + i, "value-of-tag-" + i + "-" + number % 7));
    }
    List<Datapoint> values = new ArrayList<>(datapoints);
    for (int i = 0; i < datapoints; i++) {
      values.add(
          new Datapoint("dcos.metrics.sample.gauge." + i, TIME_MS + number, number * 0.25 + i));
    }
    return new MetricList(topic, tagList, values);
  }

  /** As many records, of as many topics in turn. */
  static List<MetricList> records(String topic, int topics, int records, int tags, int datapoints) {
    return IntStream.range(0, records)
        .mapToObj(i -> record(topicOf(topic, topics, i), tags, datapoints, i))
        .toList();
  }

  private static String topicOf(String topic, int topics, int number) {
    return topics == 1 ? topic : topic + "-" + number % topics;
  }
}
