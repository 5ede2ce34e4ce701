// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.testing;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Records to test with. */
public final class Records {
  private Records() {}

  /** A record of one datapoint. */
  public static MetricList of(String topic, String... keysAndValues) {
    return new MetricList(topic, tags(keysAndValues), List.of(new Datapoint("a", 1L, 1.0)));
  }

  /** Records of this many datapoints each, every one with a time and a value of its own. */
  public static List<MetricList> many(String topic, int records, int datapoints) {
    List<MetricList> made = new ArrayList<>(records);
    for (int i = 0; i < records; i++) {
      long first = (long) i * datapoints;
      List<Datapoint> measured =
          IntStream.range(0, datapoints)
              .mapToObj(
                  j ->
                      new Datapoint(
                          "process.figure." + j, 1_700_000_000_000L + first + j, first + j + 0.25))
              .toList();
      made.add(new MetricList(topic, tags("host", "a1", "pid", "4711"), measured));
    }
    return made;
  }

  public static RecordBlock block(MetricList... records) {
    return MetricListCodec.encode(Arrays.asList(records));
  }

  private static List<Tag> tags(String... keysAndValues) {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tags.add(new Tag(keysAndValues[i], keysAndValues[i + 1]));
    }
    return tags;
  }
}
