// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static dcos.metrics.collector.agent.Polled.datapoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotReaderTest {
  private static final long NOW = 1_741_064_767_089L;

  private final List<List<MetricList>> batches = new ArrayList<>();
  private final PollCounters counters = new PollCounters();

  private void read(String json) throws Exception {
    new SnapshotReader("agent", NOW, block -> batches.add(MetricListCodec.decode(block)), counters)
        .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private List<Datapoint> datapoints() {
    return batches.stream()
        .flatMap(List::stream)
        .flatMap(record -> record.getDatapoints().stream())
        .toList();
  }

  @Test
  void makesOneRecordOfAllNumbersNowUnderTheAgentsTopic() throws Exception {
    read("{\"slave/cpus_percent\": 0.25, \"system/load_1min\": 3, \"slave/x/y\": -1.5e3}");

    assertThat(batches)
        .containsExactly(
            List.of(
                new MetricList(
                    "agent",
                    List.of(),
                    List.of(
                        datapoint("dcos.metrics.agent.slave.cpus_percent", NOW, 0.25),
                        datapoint("dcos.metrics.agent.system.load_1min", NOW, 3.0),
                        datapoint("dcos.metrics.agent.slave.x.y", NOW, -1500.0)))));
    assertThat(counters.selfMetrics().records()).isEqualTo(1);
    assertThat(counters.selfMetrics().datapoints()).isEqualTo(3);
  }

  @Test
  void takesIntegersOfAnySizeAsTheNearestDouble() throws Exception {
    read(
        "{\"a\": 9007199254740993, \"b\": 18446744073709551615, \"c\": 1%s}"
            .formatted("0".repeat(60)));

    assertThat(datapoints())
        .extracting(Datapoint::getValue)
        .containsExactly(9007199254740992.0, 0x1p64, 1e60);
  }

  @Test
  void flattensNestedObjectsWithDots() throws Exception {
    read("{\"a/b\": {\"c\": {\"d/e\": 1}, \"f\": 2}, \"g\": 3}");

    assertThat(datapoints())
        .extracting(Datapoint::getName)
        .containsExactly(
            "dcos.metrics.agent.a.b.c.d.e", "dcos.metrics.agent.a.b.f", "dcos.metrics.agent.g");
  }

  @Test
  void countsAndLeavesOutWhatIsNotANumber() throws Exception {
    read("{\"a\":\"7\",\"b\":null,\"c\":true,\"d\":[1,{\"x\":2}],\"e\":{\"f\":false},\"g\":1}");

    assertThat(datapoints()).containsExactly(datapoint("dcos.metrics.agent.g", NOW, 1.0));
    assertThat(counters.selfMetrics().leftOutValues()).isEqualTo(5);
  }

  @Test
  void countsAndLeavesOutANumberUnderANameThatIsTooLong() throws Exception {
    read("{\"%s\":1,\"g\":1}".formatted("n".repeat(1024)));

    assertThat(datapoints()).containsExactly(datapoint("dcos.metrics.agent.g", NOW, 1.0));
    assertThat(counters.selfMetrics().leftOutValues()).isEqualTo(1);
  }

  @Test
  void makesNoRecordOfAnEmptySnapshot() throws Exception {
    read("{}");

    assertThat(batches).isEmpty();
  }

  @Test
  void makesNothingOfABrokenSnapshot() {
    assertThatThrownBy(() -> read("{\"a\":1,\"b\":")).isInstanceOf(IOException.class);

    assertThat(batches).isEmpty();
  }

  @Test
  void splitsASnapshotThatIsTooLargeForARecordAndLosesNothing() throws Exception {
    StringBuilder json = new StringBuilder("{\"nested\":{\"n\":0");
    for (int i = 1; i < 20_000; i++) {
      json.append(",\"key/").append(i).append("\":").append(i);
    }
    read(json.append("}}").toString());

    assertThat(batches).hasSizeGreaterThan(2).allMatch(records -> records.size() == 1);
    assertThat(datapoints()).hasSize(20_000);
    assertThat(datapoints().getLast())
        .isEqualTo(datapoint("dcos.metrics.agent.nested.key.19999", NOW, 19_999.0));
    assertThat(counters.selfMetrics().leftOutValues()).isZero();
  }
}
