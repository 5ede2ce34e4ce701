// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.agent;

import static dcos.metrics.collector.agent.Polled.datapoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.MetricListCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainersReaderTest {
  private static final String GOOD =
      """
      {
        "container_id": "c-1", "executor_id": "e-1", "executor_name": "", "framework_id": "f-1",
        "source": "e-1",
        "statistics": {
          "cpus_limit": 1.1, "mem_rss_bytes": 52428800, "timestamp": 1720000000.0019
        },
        "status": {"executor_pid": 4711, "network_infos": [{"ip_addresses": []}]}
      }
      """;
  private static final MetricList GOOD_RECORD =
      new MetricList(
          "f-1",
          List.of(
              new Tag("container_id", "c-1"),
              new Tag("executor_id", "e-1"),
              new Tag("framework_id", "f-1")),
          List.of(
              datapoint("dcos.metrics.container.cpus_limit", 1_720_000_000_001L, 1.1),
              datapoint("dcos.metrics.container.mem_rss_bytes", 1_720_000_000_001L, 52_428_800.0)));

  private final List<List<MetricList>> batches = new ArrayList<>();
  private final PollCounters counters = new PollCounters();

  private void read(String json) throws Exception {
    new ContainersReader(block -> batches.add(MetricListCodec.decode(block)), counters)
        .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private List<MetricList> records() {
    return batches.stream().flatMap(List::stream).toList();
  }

  private static String container(String id, String rest) {
    return ("{'container_id':'" + id + "'," + rest + "}").replace('\'', '"');
  }

  @Test
  void makesARecordOfAContainerUnderItsFrameworkDatedByItsStatistics() throws Exception {
    read("[" + GOOD + "]");

    assertThat(records()).containsExactly(GOOD_RECORD);
    assertThat(counters.selfMetrics().leftOutValues()).isZero();
  }

  @Test
  void readsTheFieldsInAnyOrder() throws Exception {
    read(
        """
        [{"statistics": {"timestamp": 1720000000.0019, "cpus_limit": 1.1, "mem_rss_bytes": 52428800},
          "framework_id": "f-1", "executor_id": "e-1", "container_id": "c-1"}]
        """);

    assertThat(records()).containsExactly(GOOD_RECORD);
  }

  @Test
  void flattensNestedStatisticsAndKeepsNestedTimestampsAsTheNumbersTheyAre() throws Exception {
    read(
        "["
            + container(
                "c",
                "'framework_id':'f','statistics':{'timestamp':1,'perf':{'timestamp':2.5,"
                    + "'a':{'b':3}},'net':[{'x':1}],'name':'n','none':null}")
            + "]");

    assertThat(records().getFirst().getDatapoints())
        .containsExactly(
            datapoint("dcos.metrics.container.perf.timestamp", 1000, 2.5),
            datapoint("dcos.metrics.container.perf.a.b", 1000, 3.0));
    assertThat(counters.selfMetrics().leftOutValues()).isEqualTo(3);
  }

  @Test
  void leavesOutTheTagsThatItWasNotTold() throws Exception {
    read(
        "[{\"framework_id\":\"f\",\"executor_id\":\"\",\"statistics\":{\"timestamp\":1,\"a\":2}}]");

    assertThat(records().getFirst().getTags()).containsExactly(new Tag("framework_id", "f"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"container_id\":\"c\",\"framework_id\":\"f\"}",
        "{\"container_id\":\"c\",\"framework_id\":\"f\",\"statistics\":null}",
        "{\"container_id\":\"c\",\"framework_id\":\"f\",\"statistics\":[]}",
        "{\"container_id\":\"c\",\"framework_id\":\"f\",\"statistics\":{}}",
        "{\"container_id\":\"c\",\"framework_id\":\"f\",\"statistics\":{\"timestamp\":1}}",
        "{\"framework_id\":\"f\",\"statistics\":{\"timestamp\":1,\"a\":\"x\"}}",
        "{}",
        "null",
      })
  void losesAContainerWithoutStatisticsAlone(String container) throws Exception {
    read("[" + container + "," + GOOD + "," + container + "]");

    assertThat(records()).containsExactly(GOOD_RECORD);
    assertThat(counters.selfMetrics().leftOutContainers())
        .isEqualTo(Map.of(SkipReason.NO_STATISTICS, 2L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'a':1", "'timestamp':'1720000000','a':1", "'timestamp':1e99,'a':1"})
  void losesAContainerWithoutATimestampAlone(String statistics) throws Exception {
    String undated = container("c", "'framework_id':'f','statistics':{" + statistics + "}");

    read("[" + undated + "," + GOOD + "]");

    assertThat(records()).containsExactly(GOOD_RECORD);
    assertThat(counters.selfMetrics().leftOutContainers())
        .isEqualTo(Map.of(SkipReason.NO_TIMESTAMP, 1L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'framework_id':'',", "'framework_id':null,", "'framework_id':{},"})
  void losesAContainerWithoutAFrameworkAlone(String framework) throws Exception {
    String orphan = container("c", framework + "'statistics':{'timestamp':1,'a':1}");

    read("[" + orphan + "," + GOOD + "]");

    assertThat(records()).containsExactly(GOOD_RECORD);
    assertThat(counters.selfMetrics().leftOutContainers())
        .isEqualTo(Map.of(SkipReason.NO_FRAMEWORK, 1L));
  }

  @Test
  void handsContainersOnInBoundedBatchesInTheirOrder() throws Exception {
    List<String> containers = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      containers.add(container("c" + i, "'framework_id':'f','statistics':{'timestamp':1,'a':1}"));
    }

    read(containers.toString());

    assertThat(batches).extracting(List::size).containsExactly(64, 64, 22);
    assertThat(records().get(149).getTags()).contains(new Tag("container_id", "c149"));
    assertThat(counters.selfMetrics().records()).isEqualTo(150);
  }

  @Test
  void handsOnEarlierWhatIsLarge() throws Exception {
    String large = wide(3000);

    read("[" + large + "," + large + "," + large + "]");

    assertThat(batches).extracting(List::size).containsExactly(2, 1);
  }

  @Test
  void countsAndLeavesOutWhatARecordHasNoRoomFor() throws Exception {
    read("[" + wide(20_000) + "]");

    List<Datapoint> taken = records().getFirst().getDatapoints();
    assertThat(taken).hasSizeBetween(3000, 10_000);
    assertThat(counters.selfMetrics().leftOutValues()).isEqualTo(20_000 - taken.size());
  }

  @Test
  void keepsTheContainersBeforeABreak() {
    assertThatThrownBy(() -> read("[" + GOOD + ",{\"container_id\":"))
        .isInstanceOf(IOException.class);

    assertThat(records()).containsExactly(GOOD_RECORD);
  }

  @Test
  void refusesWhatIsNoArray() {
    assertThatThrownBy(() -> read("{}"))
        .isInstanceOf(UnusableAnswerException.class)
        .hasMessage("got a JSON object, must be a JSON array");
  }

  private static String wide(int keys) {
    StringBuilder statistics = new StringBuilder("'timestamp':1");
    for (int i = 0; i < keys; i++) {
      statistics.append(",'k").append(i).append("':").append(i);
    }
    return container("c", "'framework_id':'f','statistics':{" + statistics + "}");
  }
}
