// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartLabelsTest {
  @Test
  void callsALineByAllThatItIs() {
    ChartLabels labels = labels(line(1, "web", "cpu", "host=a1", "pid=7"));

    assertThat(labels.heading()).isEmpty();
    assertThat(labels.texts().values()).containsExactly("cpu  host=a1 pid=7");
  }

  @Test
  void callsLinesByTheOneTagThatDiffers() {
    ChartLabels labels =
        labels(
            line(1, "web", "cpu", "container_id=checkout-1", "host=a1"),
            line(2, "web", "cpu", "container_id=checkout-2", "host=a1"),
            line(3, "web", "cpu", "host=a1"));

    assertThat(labels.heading()).isEqualTo("cpu by container_id");
    assertThat(labels.texts().values())
        .containsExactly("checkout-1", "checkout-2", "without container_id");
  }

  @Test
  void namesTheTagsWhereSeveralDiffer() {
    ChartLabels labels =
        labels(
            line(1, "web", "cpu", "host=a1", "pid=7", "os=x"),
            line(2, "web", "cpu", "host=a2", "pid=8", "os=x"),
            line(3, "web", "cpu", "os=x", "pid=8"));

    assertThat(labels.heading()).isEqualTo("cpu");
    assertThat(labels.texts().values())
        .containsExactly("host=a1  pid=7", "host=a2  pid=8", "without host  pid=8");
  }

  @Test
  void namesWhatDiffersOfNamesAndTopics() {
    assertThat(labels(line(1, "web", "cpu", "host=a1"), line(2, "web", "mem", "host=a1")))
        .extracting(labels -> List.copyOf(labels.texts().values()))
        .isEqualTo(List.of("cpu", "mem"));
    ChartLabels topics = labels(line(1, "web", "cpu"), line(2, "db", "cpu"));
    assertThat(topics.heading()).isEqualTo("cpu");
    assertThat(topics.texts().values()).containsExactly("topic=web", "topic=db");
    assertThat(labels(line(1, "web", "cpu", "host=a1"), line(2, "db", "mem", "host=a2")).texts())
        .containsValues("cpu  topic=web  host=a1", "mem  topic=db  host=a2");
  }

  @Test
  void distinguishesRepeatedTags() {
    assertThat(labels(line(1, "web", "cpu", "a=1", "a=2"), line(2, "web", "cpu", "a=1")).texts())
        .containsValues("1,2", "1");
  }

  @Test
  void callsThoseAlikeThatAreAlike() {
    assertThat(labels(line(1, "web", "cpu", "a=1"), line(2, "web", "cpu", "a=1")).texts())
        .containsValues("cpu  a=1", "cpu  a=1");
  }

  private static ChartLabels labels(ChartLine... lines) {
    return ChartLabels.of(List.of(lines));
  }

  private static ChartLine line(long id, String topic, String name, String... tags) {
    List<ChartLine.ChartTag> all =
        Stream.of(tags)
            .map(tag -> tag.split("=", 2))
            .map(tag -> new ChartLine.ChartTag(tag[0], tag[1]))
            .toList();
    return new ChartLine(
        new ChartLine.SeriesIdentity(id, topic, name, all),
        new ChartLine.KeptPointCounts(0, 0, true),
        new long[0],
        new double[0]);
  }
}
