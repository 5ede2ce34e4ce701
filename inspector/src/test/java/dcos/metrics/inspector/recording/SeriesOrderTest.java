// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.recording.search.SearchResults;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.series.SeriesOrder;
import dcos.metrics.inspector.recording.series.SeriesOrder.SeriesSortKey;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series in the order of what they are, and of what they come to. */
@SuppressWarnings("NullAway.Init") // by open
class SeriesOrderTest {
  private final Happened happened = new Happened();
  private Recording recording;
  private long block;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    recording = new Recording(RecordingLimits.DEFAULT, folder);
    recording.start();
    recording.put(happened.opened(1, "tcp 127.0.0.1:1"));
    recording.put(happened.header(1));
    take(
        point("web", "b", "mem", 3),
        point("db", "a", "idle", Double.NaN),
        point("web", "a", "cpu", 7),
        point("app", "c", "disk", -1));
    Await.until("all is taken in", recording::isSettled);
  }

  @AfterEach
  void close() throws IOException {
    recording.close();
  }

  @Test
  void sortsByWhatSeriesAre() {
    assertThat(sorted(SeriesSortKey.ARRIVAL, false)).containsExactly("mem", "idle", "cpu", "disk");
    assertThat(sorted(SeriesSortKey.NAME, false)).containsExactly("cpu", "disk", "idle", "mem");
    assertThat(sorted(SeriesSortKey.NAME, true)).containsExactly("mem", "idle", "disk", "cpu");
    assertThat(sorted(SeriesSortKey.TAGS, false)).containsExactly("idle", "cpu", "mem", "disk");
    assertThat(sorted(SeriesSortKey.TOPIC, true)).containsExactly("mem", "cpu", "idle", "disk");
  }

  @Test
  void sortsByValuesAndPutsWhatIsNotANumberLast() {
    assertThat(sorted(SeriesSortKey.LAST, false)).containsExactly("disk", "mem", "cpu", "idle");
    assertThat(sorted(SeriesSortKey.LAST, true)).containsExactly("cpu", "mem", "disk", "idle");
    assertThat(recording.series())
        .extracting(Series::name)
        .containsExactly("mem", "idle", "cpu", "disk");
  }

  @Test
  void keepsTheOrderWhileMoreComesIn() throws Exception {
    assertThat(sorted(SeriesSortKey.LAST, true)).containsExactly("cpu", "mem", "disk", "idle");

    take(point("app", "c", "disk", 5), point("app", "c", "new", 6));

    awaitSorted(recording::sortedSeries, "cpu", "new", "disk", "mem", "idle");

    take(point("web", "b", "mem", 9)); // No other series: just another value.

    awaitSorted(recording::sortedSeries, "mem", "cpu", "new", "disk", "idle");
  }

  @Test
  void sortsByDatapointsASecond() throws Exception {
    for (int i = 1; i <= 3; i++) {
      happened.pass(100);
      take(point("web", "a", "cpu", 7));
      happened.pass(100);
      take(point("web", "a", "cpu", 7), point("web", "b", "mem", 3));
    }
    Await.until("all is taken in", recording::isSettled);

    recording.sortSeries(new SeriesOrder(SeriesSortKey.RATE, true));

    awaitSorted(recording::sortedSeries, "cpu", "mem", "idle", "disk");
  }

  @Test
  void sortsWhatAFilterFindsByWhatItFindsOfIt() throws Exception {
    take(point("web", "b", "mem", 100));
    try (SearchResults found = recording.find(SearchQuery.of(Filter.parse("topic:web value<50")))) {
      found.sortSeries(new SeriesOrder(SeriesSortKey.LAST, false));

      awaitSorted(found::sortedSeries, "mem", "cpu"); // The 100 is not of what is found.
    }
  }

  private List<String> sorted(SeriesSortKey by, boolean descending) {
    recording.sortSeries(new SeriesOrder(by, descending));
    Await.until("another order", recording::isSettled);
    return names(recording.sortedSeries());
  }

  private static void awaitSorted(Supplier<List<Series>> series, String... names) {
    Await.until("the order " + List.of(names), () -> names(series.get()).equals(List.of(names)));
  }

  private static List<String> names(List<Series> series) {
    return series.stream().map(Series::name).toList();
  }

  private void take(MetricList... records) throws InterruptedException {
    Event event = happened.block(++block, 1, List.of(records));
    recording.put(event);
  }

  private MetricList point(String topic, String host, String name, double value) {
    return new MetricList(
        topic,
        List.of(new Tag("host", host)),
        List.of(new Datapoint(name, happened.now().wallMs(), value)));
  }
}
