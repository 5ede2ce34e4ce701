// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.FilterException;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.recording.search.SearchResults;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.TimeRange;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two sources: three records of topic web, all delivered, then two of db, on their way. */
class SearchResultsTest {
  private final Happened happened = new Happened();
  private Recording recording;
  private long betweenMs;

  @BeforeEach
  void record(@TempDir Path folder) throws IOException {
    recording = new Recording(RecordingLimits.DEFAULT, folder);
    recording.start();
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 3, 2)),
        happened.sorted(1, Happened.accepted("web", 3)),
        happened.made(7, "web", new RecordRange(1, 0, 1)),
        happened.made(8, "web", new RecordRange(1, 1, 2)),
        happened.settled(7, 1, new Outcome.Delivered(new Receipt(0, 5))),
        happened.settled(8, 2, new Outcome.Delivered(new Receipt(1, 6))));
    betweenMs = happened.now().wallMs();
    happened.pass(1000);
    take(
        happened.opened(2, "tcp 127.0.0.1:2"),
        happened.header(2),
        happened.block(2, 2, Happened.records("db", 2, 1)),
        happened.sorted(2, Happened.accepted("db", 2)),
        happened.made(9, "db", new RecordRange(2, 0, 2)));
  }

  @AfterEach
  void close() {
    recording.close();
  }

  @Test
  void findsTheMessagesThatHoldWhatItFinds() throws Exception {
    try (SearchResults found = find("topic:web")) {
      assertThat(ids(found)).containsExactly(7L, 8L);
      assertThat(found.placeOfDelivery(1)).isEqualTo(1);
    }
    try (SearchResults found = find("source:127.0.0.1:2")) {
      assertThat(ids(found)).containsExactly(9L);
    }
    try (SearchResults found = find("value=1.01")) {
      assertThat(found.numbers(0, 9)).containsExactly(1);
      assertThat(ids(found)).containsExactly(8L);
    }
  }

  @Test
  void findsByTheKafkaTopicToo() throws Exception {
    try (SearchResults found = find("topic=metrics-db")) {
      assertThat(found.count()).isEqualTo(2);
      assertThat(ids(found)).containsExactly(9L);
    }
  }

  @Test
  void findsMessagesByWhatTheyAreAsThatChanges() throws Exception {
    try (SearchResults sending = find("outcome:sending");
        SearchResults delivered = find("outcome:delivered")) {
      assertThat(ids(sending)).containsExactly(9L);
      assertThat(ids(delivered)).containsExactly(7L, 8L);
      assertThat(sending.count()).isEqualTo(2);

      take(happened.settled(9, 2, new Outcome.Delivered(new Receipt(0, 1))));

      Await.until("nothing is on its way", () -> sending.deliveryCount() == 0);
      Await.until("and no record either", () -> sending.count() == 0);
      Await.until("all is delivered", () -> delivered.deliveryCount() == 3);
      Await.until("and all records too", () -> delivered.count() == 5);
    }
  }

  @Test
  void findsTheRecordsOfMessagesByWhatTheseAre() throws Exception {
    try (SearchResults found = find("records=2 trigger:count")) {
      assertThat(ids(found)).containsExactly(8L, 9L);
      assertThat(found.numbers(0, 9)).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void findsTheSeriesOfTheDatapointsThatItFinds() throws Exception {
    try (SearchResults found = find("source:127.0.0.1:1 name:figure.1 value<1.5")) {
      assertThat(found.series()).extracting(Series::name).containsExactly("figure.1");
      // Of the records that match, not of all: the third is 2.01.
      assertThat(found.series().getFirst().points().values()).containsExactly(0.01, 1.01);
    }
    try (SearchResults found = find("tag.host=a1 -name:figure.1")) {
      assertThat(found.series())
          .extracting(Series::topic, Series::name)
          .containsExactly(tuple("web", "figure.0"), tuple("db", "figure.0"));
    }
  }

  @Test
  void limitsAllOfThemToASpan() throws Exception {
    try (SearchResults early =
            recording.find(new SearchQuery(Filter.ALL, new TimeRange(0, betweenMs)));
        SearchResults late =
            recording.find(new SearchQuery(Filter.ALL, new TimeRange(betweenMs, Long.MAX_VALUE)))) {
      await(early);
      await(late);
      assertThat(early.numbers(0, 9)).containsExactly(0, 1, 2);
      assertThat(ids(early)).containsExactly(7L, 8L);
      assertThat(early.series()).extracting(Series::topic).containsOnly("web");
      assertThat(late.numbers(0, 9)).containsExactly(3, 4);
      assertThat(ids(late)).containsExactly(9L);
      assertThat(late.series()).extracting(Series::topic).containsOnly("db");
    }
  }

  @Test
  void takesNothingMoreBehindTheSpan() throws Exception {
    try (SearchResults early =
            recording.find(new SearchQuery(Filter.ALL, new TimeRange(0, betweenMs)));
        SearchResults all = recording.find(SearchQuery.ALL)) {
      take(happened.block(3, 1, Happened.records("web", 4, 1)));

      Await.until("the others have been looked at", () -> all.count() == 9);
      await(early);
      assertThat(early.count()).isEqualTo(3);
    }
  }

  private SearchResults find(String filter) throws FilterException {
    SearchResults found = recording.find(SearchQuery.of(Filter.parse(filter)));
    await(found);
    return found;
  }

  private static void await(SearchResults found) {
    Await.until("all has been looked at", found::isCurrent);
  }

  private static List<Long> ids(SearchResults found) {
    return found.deliveries(0, 9).stream().map(CapturedDelivery::id).toList();
  }

  private void take(Event... events) {
    List.of(events).forEach(recording.sink()::accept);
    Await.until("all is taken in", recording::isSettled);
  }
}
