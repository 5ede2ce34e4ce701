// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording.series;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.RecordBlock;
import dcos.metrics.codec.record.RecordCursor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SeriesTableTest {
  @Test
  void staysWithinItsBoundAndKeepsThoseUpdatedLast() {
    var random = new Random(5);
    var table = new SeriesTable(100, 1000, 0);
    Map<String, Double> naive = new LinkedHashMap<>(16, 0.75f, true);
    for (int i = 0; i < 20_000; i++) {
      String topic = "t" + random.nextInt(10);
      String name = "n" + random.nextInt(40);
      take(table, record(topic, "a", name, i, i));
      naive.put(topic + "/" + name, (double) i);
      if (naive.size() > 100) {
        naive.remove(naive.keySet().iterator().next());
      }
      assertThat(table.size()).isLessThanOrEqualTo(100);
    }

    Map<String, Double> kept =
        table.all().stream()
            .collect(Collectors.toMap(s -> s.topic() + "/" + s.name(), Series::last));
    assertThat(kept).isEqualTo(new HashMap<>(naive));
    assertThat(table.all().getLast().last()).isEqualTo(19_999);
    assertThat(table.dropped()).isPositive();
    assertThat(table.extraPoints()).isLessThanOrEqualTo(1000);
    assertThat(table.datapoints()).isEqualTo(20_000);
  }

  @Test
  void isOneSeriesInWhateverOrderTheTagsCome() {
    var table = new SeriesTable(100, 1000, 0);
    List<Datapoint> points = List.of(new Datapoint("x", 1L, 1.0));
    take(table, new MetricList("t", List.of(new Tag("a", "1"), new Tag("b", "2")), points));
    take(table, new MetricList("t", List.of(new Tag("b", "2"), new Tag("a", "1")), points));

    assertThat(table.size()).isEqualTo(1);
    assertThat(table.all().getFirst().count()).isEqualTo(2);
    assertThat(table.all().getFirst().tagsText()).isEqualTo("a=1 b=2");
  }

  @Test
  void distinguishesTopicsTagsAndNames() {
    var table = new SeriesTable(100, 1000, 0);
    take(table, record("t", "a", "x", 1, 1));
    take(table, record("u", "a", "x", 1, 1));
    take(table, record("t", "b", "x", 1, 1));
    take(table, record("t", "a", "y", 1, 1));

    assertThat(table.size()).isEqualTo(4);
  }

  @Test
  void keepsTheLastPointsOfEach() {
    var table = new SeriesTable(100, 10_000, 0);
    for (int i = 0; i < 1000; i++) {
      take(table, record("t", "a", "x", 1000L * i, i));
    }
    Series series = table.all().getFirst();

    Series.SeriesPoints points = series.points();

    assertThat(points.values()).hasSize(512);
    for (int i = 0; i < 512; i++) {
      assertThat(points.values()[i]).isEqualTo(1000 - 512 + i);
      assertThat(points.timesMs()[i]).isEqualTo(1000L * (1000 - 512 + i));
    }
    assertThat(series.rate()).isEqualTo(1.0);
    assertThat(series.count()).isEqualTo(1000);
  }

  @Test
  void keepsFewPointsWhereThereIsNoRoomForMore() {
    var table = new SeriesTable(100, 1, 0);
    for (int i = 0; i < 100; i++) {
      take(table, record("t", "a", "x", i, i));
    }

    assertThat(table.all().getFirst().points().values())
        .hasSizeLessThanOrEqualTo(16)
        .startsWith(0.0)
        .endsWith(99.0);
  }

  @Test
  void keepsMinutesOfASeriesThatHasManyPointsASecond() {
    var table = new SeriesTable(100, 10_000, 0);
    for (int i = 0; i < 200_000; i += 5) {
      take(table, record("t", "a", "x", i, i)); // Two hundred a second.
    }
    Series series = table.all().getFirst();

    Series.SeriesPoints points = series.points();

    assertThat(points.timesMs().length).isLessThanOrEqualTo(512);
    assertThat(points.timesMs()[0]).isLessThan(80_000);
    assertThat(points.bucketMs()).isEqualTo(1000);
    assertThat(points.fromFirst()).isFalse();
    assertThat(series.rate()).isEqualTo(200);
    double[] trend = series.trend(60);
    assertThat(trend.length).isBetween(30, 60);
    assertThat(trend[0]).isBetween(139_000.0, 142_000.0); // Of the last minute.
    assertThat(trend).isSorted().endsWith(199_995);
    assertThat(table.extraPoints()).isLessThanOrEqualTo(512);
  }

  @Test
  void showsTheLastPointsOfASlowSeriesAsItsTrend() {
    var table = new SeriesTable(100, 10_000, 0);
    for (int i = 0; i < 100; i++) {
      take(table, record("t", "a", "x", 60_000L * i, i));
    }

    assertThat(table.all().getFirst().trend(60)).hasSize(60).startsWith(40).endsWith(99);
  }

  @Test
  void reportsOfASeriesThatItIsGone() {
    var table = new SeriesTable(1, 100, 0);
    take(table, record("t", "a", "x", 1, 7));
    Series first = table.all().getFirst();

    take(table, record("t", "a", "y", 1, 8));
    take(table, record("t", "a", "x", 1, 9));

    assertThat(first.isGone()).isTrue();
    assertThat(first.last()).isEqualTo(7);
    assertThat(table.all().getFirst().last()).isEqualTo(9);
  }

  @Test
  void forgetsTheTagsOfSeriesThatAreGone() {
    var table = new SeriesTable(10, 100, 0);
    for (int i = 0; i < 15; i++) {
      take(table, record("t", "host-" + i, "x", 1, 7));
    }

    assertThat(table.spellings()).isEqualTo(10);
  }

  private static MetricList record(String topic, String host, String name, long ms, double value) {
    return new MetricList(
        topic, List.of(new Tag("host", host)), List.of(new Datapoint(name, ms, value)));
  }

  private static void take(SeriesTable table, MetricList record) {
    RecordBlock block = MetricListCodec.encode(List.of(record));
    RecordCursor cursor = block.cursor();
    assertThat(cursor.next()).isTrue();
    table.take(block.bytes(), cursor);
  }
}
