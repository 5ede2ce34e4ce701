// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.FilterSubject;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.recording.Recording;
import dcos.metrics.inspector.recording.RecordingLimits;
import dcos.metrics.inspector.recording.search.RecordScan;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.workspace.DetailSubject;
import dcos.metrics.testkit.Await;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Texts that a filter could take for its own signs. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // by record
class RowCopyTest {
  private static final List<String> TEXTS =
      List.of(
          "web",
          "a b",
          "say \"hi\"",
          "two\nlines",
          "Größe",
          "=1",
          "-5",
          "or",
          "",
          "(x)",
          "k=v",
          "*",
          "a*b",
          "日本",
          "\\",
          "\u200b",
          "tag.x",
          ":",
          "!=");

  @TempDir private Path temp;
  private Recording recording;

  @BeforeEach
  void record() throws Exception {
    recording = new Recording(RecordingLimits.DEFAULT, temp);
    recording.start();
    var at = new EventTime(1_700_000_000_000L, 5);
    String schema = MetricList.getClassSchema().toString();
    recording.put(new Event.SourceOpened(at, 1, "tcp \"one\" (or two)"));
    recording.put(new Event.HeaderSeen(at, 1, "null", schema, false, new byte[0]));
    List<MetricList> records = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      String text = TEXTS.get(i);
      String other = TEXTS.get((i + 1) % TEXTS.size());
      records.add(
          new MetricList(
              text,
              List.of(new Tag(text, other), new Tag(other, text)),
              List.of(new Datapoint(text, 1000L + i, i / 3.0))));
    }
    int count = records.size();
    byte[] bytes = MetricListCodec.encode(records).bytes();
    recording.put(new Event.BlockReceived(at, 7, 1, 100, count, bytes));
    recording.put(
        new Event.RecordsSorted(at, 7, List.of(new Event.Run("m-x", Optional.empty(), count))));
    recording.put(
        new Event.MessageMade(
            at, 12, "m-x", count, 999, FlushTrigger.COUNT, List.of(new RecordRange(7, 0, count))));
    recording.put(
        new Event.MessageSettled(
            at, 12, count, List.of(), new Outcome.Delivered(new Receipt(2, 41))));
    Await.until("everything is taken in", recording::isSettled);
  }

  @AfterEach
  void close() {
    recording.close();
  }

  @Test
  void copiesARecordAsAFilterThatFindsJustThat() throws Exception {
    for (int i = 0; i < TEXTS.size(); i++) {
      String text = RowCopy.of(recording, record(i), CopyFormat.FILTER).orElseThrow();

      RecordScan found = recording.walk(SearchQuery.of(Filter.parse(text)));
      assertThat(found.nextBlock()).isTrue();
      assertThat(found.next()).as(text).isTrue();
      assertThat(found.record().record().number()).as(text).isEqualTo(i);
      assertThat(found.next()).as(text).isFalse();
    }
  }

  @Test
  void copiesASeriesAsAFilterThatFindsJustThat() throws Exception {
    assertThat(recording.series()).hasSize(TEXTS.size());
    for (Series series : recording.series()) {
      var row = new DetailSubject.OfSeries(series.id());
      String text = RowCopy.of(recording, row, CopyFormat.FILTER).orElseThrow();

      Filter filter = Filter.parse(text);
      assertThat(recording.series().stream().filter(one -> filter.matches(FilterSubject.of(one))))
          .as(text)
          .containsExactly(series);
    }
  }

  @Test
  void copiesADeliveryAsAFilterThatFindsItAndItsRecords() throws Exception {
    String text = RowCopy.of(recording, delivery(0), CopyFormat.FILTER).orElseThrow();

    assertThat(text).isEqualTo("message=12");
    CapturedDelivery made = recording.deliveries(0, 1).getFirst();
    assertThat(Filter.parse(text).matches(FilterSubject.of(made))).isTrue();
    RecordScan found = recording.walk(SearchQuery.of(Filter.parse(text)));
    int records = 0;
    while (found.nextBlock()) {
      while (found.next()) {
        records++;
      }
    }
    assertThat(records).isEqualTo(TEXTS.size());
  }

  @Test
  void copiesRowsAsJson() throws Exception {
    var mapper = new ObjectMapper();
    for (int i = 0; i < TEXTS.size(); i++) {
      JsonNode json =
          mapper.readTree(RowCopy.of(recording, record(i), CopyFormat.JSON).orElseThrow());
      assertThat(json.get("topic").asText()).isEqualTo(TEXTS.get(i));
      assertThat(json.get("index").asInt()).isEqualTo(i);
      assertThat(json.get("datapoints").get(0).get("value").asDouble()).isEqualTo(i / 3.0);
      assertThat(json.get("offset").asLong()).isEqualTo(41);
    }
    assertThat(RowCopy.of(recording, delivery(0), CopyFormat.JSON))
        .contains(
            "{\"message\":12,\"at\":\"2023-11-14T22:13:20Z\",\"kafka_topic\":\"m-x\",\"records\":19,"
                + "\"bytes\":999,\"trigger\":\"count\",\"state\":\"delivered\",\"partition\":2,"
                + "\"offset\":41,\"batch_ns\":0,\"settle_ns\":0,\"settled_records\":19}");
    Series series = recording.series().getFirst();
    var row = new DetailSubject.OfSeries(series.id());
    assertThat(
            mapper.readTree(RowCopy.of(recording, row, CopyFormat.JSON).orElseThrow()).get("name"))
        .hasToString('"' + series.name() + '"');
  }

  @Test
  void copiesNothingOfWhatIsNotThere() {
    assertThat(RowCopy.of(recording, record(TEXTS.size()), CopyFormat.JSON)).isEmpty();
    assertThat(RowCopy.of(recording, null, CopyFormat.FILTER)).isEmpty();
    assertThat(RowCopy.of(recording, delivery(-1), CopyFormat.FILTER)).isEmpty();
  }

  private static DetailSubject record(long position) {
    return new DetailSubject.OfRecord(position);
  }

  private static DetailSubject delivery(long position) {
    return new DetailSubject.OfDelivery(position);
  }
}
