// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.collector.filter.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private final List<String> lines = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final JsonLines json = new JsonLines(Filter.ALL, lines::add, complaints::add);

  @Test
  void reportsOneLineARecord() throws Exception {
    var first =
        new MetricList(
            "web",
            List.of(new Tag("host", "a \"quoted\" name")),
            List.of(new Datapoint("requests", 1700000000123L, 0.5)));
    var second = new MetricList("web", List.of(), List.of());

    json.print(message(Containers.of(first, second)));

    assertThat(complaints).isEmpty();
    assertThat(lines)
        .containsExactly(
            """
            {"kafka_topic":"metrics-web","partition":3,"offset":42,"topic":"web",\
            "tags":[{"key":"host","value":"a \\"quoted\\" name"}],\
            "datapoints":[{"name":"requests","time_ms":1700000000123,"value":0.5}]}""",
            """
            {"kafka_topic":"metrics-web","partition":3,"offset":42,"topic":"web",\
            "tags":[],"datapoints":[]}""");
  }

  @Test
  void printsTheRecordsThatAFilterFinds() throws Exception {
    var web =
        new MetricList(
            "web", List.of(new Tag("host", "a1")), List.of(new Datapoint("requests", 1L, 5.0)));
    var db = new MetricList("db", List.of(), List.of());

    for (String filter :
        List.of(
            "tag.host=a1",
            "requests value>4",
            "-topic=db",
            "topic=web outcome:delivered offset=42 partition=3")) {
      lines.clear();
      new JsonLines(Filter.parse(filter), lines::add, complaints::add)
          .print(message(Containers.of(web, db)));
      assertThat(lines).as(filter).singleElement().asString().contains("\"topic\":\"web\"");
    }
    lines.clear();
    new JsonLines(Filter.parse("outcome:undeliverable"), lines::add, complaints::add)
        .print(message(Containers.of(web, db)));
    assertThat(lines).isEmpty();
  }

  @Test
  void writesWhatIsNotANumberInJsonAsAString() throws Exception {
    json.print(
        message(
            Containers.of(
                new MetricList(
                    "t",
                    List.of(),
                    List.of(
                        new Datapoint("n", 1L, Double.NaN),
                        new Datapoint("p", 2L, Double.POSITIVE_INFINITY),
                        new Datapoint("m", 3L, Double.NEGATIVE_INFINITY))))));

    assertThat(lines)
        .singleElement()
        .asString()
        .endsWith(
            """
            "datapoints":[{"name":"n","time_ms":1,"value":"NaN"},\
            {"name":"p","time_ms":2,"value":"Infinity"},\
            {"name":"m","time_ms":3,"value":"-Infinity"}]}""");
  }

  @Test
  void complainsInOneLineAboutAMessageThatIsNoContainer() {
    json.print(message("no container at all".getBytes(UTF_8)));

    assertThat(lines).isEmpty();
    assertThat(complaints)
        .containsExactly(
            "topic metrics-web partition 3 offset 42 is no container of metrics: invalid magic"
                + " 6e6f2063: an object container begins with 4f626a01 at offset 0");
  }

  @Test
  void complainsAboutAnEmptyMessage() {
    json.print(new ConsumerRecord<>("metrics-web", 3, 42, null, null));

    assertThat(complaints)
        .containsExactly(
            "topic metrics-web partition 3 offset 42 is no container of metrics: it is empty");
  }

  @Test
  void reportsWhatStandsBeforeTheBreak() throws Exception {
    byte[] whole =
        Containers.ofBlocks(
            new MetricList("one", List.of(), List.of()),
            new MetricList("two", List.of(), List.of()));

    json.print(message(Arrays.copyOf(whole, whole.length - 3)));

    assertThat(lines).singleElement().asString().contains("\"topic\":\"one\"");
    assertThat(complaints)
        .singleElement()
        .asString()
        .matches(
            "topic metrics-web partition 3 offset 42 is no container of metrics:"
                + " truncated .* at offset \\d+");
  }

  private static ConsumerRecord<byte[], byte[]> message(byte[] value) {
    return new ConsumerRecord<>("metrics-web", 3, 42, null, value);
  }
}
