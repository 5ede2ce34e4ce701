// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.MessageState;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.inspector.recording.decode.DecodedNode;
import dcos.metrics.inspector.recording.decode.DecodedRecord;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.recording.search.SearchResults;
import dcos.metrics.inspector.recording.series.Series;
import dcos.metrics.inspector.recording.state.CapturedDelivery;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.CapturedTopic;
import dcos.metrics.inspector.recording.state.ErrorEntry;
import dcos.metrics.inspector.recording.state.LedgerTotals;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What views are told of a stream, from its opening to what became of its records. */
class RecordingTest {
  @TempDir Path folder;
  private final Happened happened = new Happened();
  private Recording recording;

  @BeforeEach
  void start() throws IOException {
    recording = new Recording(RecordingLimits.DEFAULT, folder);
    recording.start();
  }

  @AfterEach
  void stop() {
    recording.close();
  }

  @Test
  void showsRecordsInTheOrderOfTheirArrival() {
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 3, 2)),
        happened.block(2, 1, Happened.records("db", 2, 1)));

    List<CapturedRecord> rows = recording.records(0, 10);

    assertThat(recording.recordCount()).isEqualTo(5);
    assertThat(rows).extracting(CapturedRecord::number).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(rows)
        .extracting(row -> row.metrics().getTopic())
        .containsExactly("web", "web", "web", "db", "db");
    assertThat(rows.get(1).metrics()).isEqualTo(Happened.records("web", 3, 2).get(1));
    assertThat(rows).allMatch(row -> row.source().equals("tcp 127.0.0.1:1"));
    assertThat(recording.records(2, 2)).extracting(CapturedRecord::number).containsExactly(2L, 3L);
    assertThat(recording.records(5, 2)).isEmpty();
  }

  @Test
  void readsEachBlockByTheHeaderBeforeIt() {
    String noSchema = "{\"type\":\"record\",\"name\":\"X\",\"fields\":[]}";
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.block(1, 1, Happened.records("unknown", 1, 1)),
        happened.header(1),
        happened.block(2, 1, Happened.records("web", 1, 1)),
        happened.header(1, "null", noSchema, true),
        happened.block(3, 1, Happened.records("db", 1, 1)),
        happened.header(1),
        happened.block(4, 1, Happened.records("web", 1, 1)));

    assertThat(recording.records(0, 4))
        .extracting(row -> row.metrics().getTopic())
        .containsExactly("", "web", "", "web");
    assertThat(recording.source(0).orElseThrow().containers()).isEqualTo(3);
  }

  @Test
  void aSnapshotDoesNotBeginAContainerThatIsKnown() {
    var header = (Event.HeaderSeen) happened.header(1);
    var opened = (Event.SourceOpened) happened.opened(1, "tcp 127.0.0.1:1");
    byte[] bytes = new byte[30];
    take(
        opened,
        new Event.HeaderSeen(
            happened.now(), 1, header.codec(), header.writerSchema(), false, bytes),
        happened.block(1, 1, Happened.records("web", 1, 1)),
        snapshot(new Event.OpenSource(opened, Optional.of(header))),
        happened.block(2, 1, Happened.records("db", 1, 1)));

    CapturedSource source = recording.source(0).orElseThrow();
    assertThat(source.containers()).isEqualTo(1);
    assertThat(source.header().orElseThrow().bytes()).isSameAs(bytes);
    assertThat(recording.records(1, 1).getFirst().metrics().getTopic()).isEqualTo("db");

    var other = (Event.HeaderSeen) happened.header(1, "snappy", header.writerSchema(), false);
    take(snapshot(new Event.OpenSource(opened, Optional.of(other))));
    assertThat(recording.source(0).orElseThrow().containers()).isEqualTo(2);
  }

  @Test
  void anEventThatOnlySaysThatTheStreamIsAliveIsNoError() {
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 2, 1)),
        happened.sorted(1, Happened.accepted("web", 2)),
        new Event.Skipped(happened.now(), 0, 0, 0));

    assertThat(recording.errorCount()).isZero();
    assertThat(recording.ledger().skippedEvents()).isZero();
    assertThat(recording.batching()).hasSize(1);

    take(new Event.Skipped(happened.now(), 1, 0, 0));
    assertThat(recording.errorCount()).isEqualTo(1);
    assertThat(recording.ledger().skippedEvents()).isEqualTo(1);
  }

  @Test
  void showsTheOutcomeOfEachRecord() {
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 6, 1)),
        happened.sorted(
            1, Happened.rejected(1), Happened.accepted("web", 3), Happened.throttled("web", 1)),
        happened.made(7, "web", new RecordRange(1, 1, 2)),
        happened.settled(7, 2, new Outcome.Delivered(new Receipt(3, 99))));

    List<CapturedRecord> rows = recording.records(0, 10);

    assertThat(rows)
        .extracting(row -> row.state().label())
        .containsExactly(
            "rejected: illegal topic",
            "delivered",
            "delivered",
            "held: in a batch",
            "throttled: input limit",
            "received");
    assertThat(rows.get(1).delivery()).isZero();
    assertThat(rows.get(3).delivery()).isEqualTo(-1);
    assertThat(rows.get(4).reason())
        .isEqualTo("over the input limit of its connection (input-limit-amount-kbytes)");
    assertThat(recording.recordsOf(0)).containsExactly(1, 2);
    assertThat(recording.batching())
        .extracting(CapturedDelivery::topic, CapturedDelivery::records)
        .containsExactly(Tuple.tuple("metrics-web", 1));
  }

  @Test
  void reportsWhereAndHowLongAMessageWas() {
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 2, 1)),
        happened.sorted(1, Happened.accepted("web", 2)));
    happened.pass(40);
    take(happened.made(7, "web", new RecordRange(1, 0, 2)));
    assertThat(recording.deliveries(0, 1).getFirst().state()).isEqualTo(MessageState.SENDING);
    happened.pass(10);
    take(happened.settled(7, 2, new Outcome.Delivered(new Receipt(3, 99))));

    CapturedDelivery row = recording.deliveries(0, 1).getFirst();

    assertThat(row.state()).isEqualTo(MessageState.of(LedgerTerm.DELIVERED));
    assertThat(row.receipt()).hasValue(new Receipt(3, 99));
    assertThat(row.batchNanos()).isEqualTo(OptionalLong.of(42_000_000));
    assertThat(row.settleNanos()).isEqualTo(OptionalLong.of(11_000_000));
  }

  @Test
  void distinguishesTheRangesOfASplitMessage() {
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 2, 1)),
        happened.sorted(1, Happened.accepted("web", 2)),
        happened.made(7, "web", new RecordRange(1, 0, 2)),
        happened.settled(7, 1, new Outcome.Delivered(new Receipt(0, 5)), new RecordRange(1, 0, 1)),
        happened.settled(
            7,
            1,
            new Outcome.Undeliverable(Outcome.Reason.TOO_LARGE, "over 1 MB"),
            new RecordRange(1, 1, 1)));

    assertThat(recording.records(0, 2))
        .extracting(row -> row.state().label())
        .containsExactly("delivered", "undeliverable: too large");
    assertThat(recording.records(1, 1).getFirst().reason()).isEqualTo("too large: over 1 MB");
    CapturedDelivery row = recording.deliveries(0, 1).getFirst();
    assertThat(row.state().name()).isEqualTo("partly undeliverable");
    assertThat(row.detail()).isEqualTo("too large: over 1 MB");
  }

  @Test
  void countsTheLedgersEquation() {
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 10, 1)),
        happened.sorted(
            1, Happened.rejected(1), Happened.accepted("web", 7), Happened.throttled("web", 2)),
        happened.made(7, "web", new RecordRange(1, 1, 4)),
        happened.settled(7, 4, new Outcome.DryRun()));

    LedgerTotals ledger = recording.ledger();

    assertThat(ledger.records(LedgerTerm.RECEIVED)).isEqualTo(10);
    assertThat(ledger.records(LedgerTerm.REJECTED_TOPIC)).isEqualTo(1);
    assertThat(ledger.records("throttled")).isEqualTo(2);
    assertThat(ledger.records(LedgerTerm.DRY_RUN)).isEqualTo(4);
    assertThat(ledger.records(LedgerTerm.HELD)).isEqualTo(3);
    assertThat(recording.sources().getFirst().records()).isEqualTo(ledger.records());
    CapturedTopic topic = recording.topics().getFirst();
    assertThat(topic.records().get(LedgerTerm.RECEIVED)).isEqualTo(9);
    assertThat(topic.records().get(LedgerTerm.HELD)).isEqualTo(3);
    assertThat(topic.batching()).isEqualTo(3);
  }

  @Test
  void reportsWhereAStreamBroke() {
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.closed(1, "corrupt sync marker", 4711));

    CapturedSource source = recording.sources().getFirst();
    assertThat(source.end().orElseThrow().offset()).isEqualTo(4711);
    ErrorEntry error = recording.errors().getFirst();
    assertThat(error.kind()).isEqualTo(ErrorEntry.ErrorKind.BROKEN_STREAM);
    assertThat(error.text()).isEqualTo("tcp 127.0.0.1:1: corrupt sync marker at offset 4711");
    assertThat(recording.rates().errors()).contains(1L);
  }

  @Test
  void keepsTheLatestOfEverySeries() {
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 3, 2)));

    List<Series> series = recording.series();

    assertThat(series).extracting(Series::name).containsExactlyInAnyOrder("figure.0", "figure.1");
    Series second =
        series.stream().filter(s -> s.name().equals("figure.1")).findAny().orElseThrow();
    assertThat(second.last()).isEqualTo(2.01);
    assertThat(second.tagsText()).isEqualTo("host=a1");
    assertThat(second.rate()).isEqualTo(1.0);
    assertThat(second.points().values()).endsWith(1.01, 2.01);
  }

  @Test
  void showsEveryByteOfARecordInTheTree() {
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 2, 2)));

    DecodedRecord detail = recording.detail(1).orElseThrow();

    assertThat(detail.tree().children())
        .extracting(DecodedNode::name)
        .containsExactly("topic", "tags", "datapoints");
    DecodedNode topic = detail.tree().children().getFirst();
    assertThat(topic).isEqualTo(DecodedNode.leaf("topic", "web", 0, 4));
    assertThat(detail.tree().to()).isEqualTo(detail.bytes().length);
    // The block at 100: a byte for the count, two for the length, and as many for a record.
    assertThat(detail.streamOffset()).isEqualTo(100 + 1 + 2 + detail.bytes().length);
  }

  @Test
  void findsRecordsAsTheyComeAndAsTheirFateChanges() throws Exception {
    take(
        happened.opened(1, "tcp 127.0.0.1:1"),
        happened.header(1),
        happened.block(1, 1, Happened.records("web", 3, 1)));
    try (SearchResults web = recording.find(SearchQuery.of(Filter.parse("topic:web")));
        SearchResults delivered = recording.find(SearchQuery.of(Filter.parse("offset=5")))) {
      Await.until("the first are found", () -> web.count() == 3);
      take(
          happened.block(2, 1, Happened.records("web", 2, 1)),
          happened.block(3, 1, Happened.records("db", 2, 1)),
          happened.sorted(1, Happened.accepted("web", 3)),
          happened.made(7, "web", new RecordRange(1, 1, 2)),
          happened.settled(7, 2, new Outcome.Delivered(new Receipt(0, 5))));

      Await.until("the others are found", () -> web.count() == 5 && web.progress() == 1);
      Await.until("the delivered ones are found", () -> delivered.count() == 2);

      assertThat(web.numbers(2, 9)).containsExactly(2, 3, 4);
      assertThat(web.placeOf(3)).isEqualTo(3);
      assertThat(delivered.records(0, 9))
          .extracting(CapturedRecord::number)
          .containsExactly(1L, 2L);
    }
  }

  @Test
  void reportsWhatItSkippedAndCountsIt() throws IOException {
    RecordingLimits small = new RecordingLimits(1000, 1 << 20, 1 << 20, 1 << 20, 1000, 10, 10);
    Event.BlockReceived large = happened.block(1, 1, Happened.records("web", 100, 2));
    try (var bounded = new Recording(small, folder)) {
      bounded.start();
      bounded.sink().accept(large);
      bounded.sink().accept(new Event.Skipped(happened.now(), 5, 7, 300));
      Await.until("all is taken in", bounded::isSettled);

      LedgerTotals ledger = bounded.ledger();
      assertThat(ledger.records(LedgerTerm.RECEIVED)).isEqualTo(107);
      assertThat(ledger.skippedEvents()).isEqualTo(6);
      assertThat(ledger.skippedRecords()).isEqualTo(107);
      assertThat(ledger.skippedBytes()).isEqualTo(300 + large.stored().length);
      assertThat(bounded.recordCount()).isZero();
      assertThat(bounded.errors().getLast().text()).isEqualTo("skipped 5 events, too fast");
    }
  }

  private void take(Event... events) {
    List.of(events).forEach(recording.sink()::accept);
    Await.until("all is taken in", recording::isSettled);
  }

  private Event snapshot(Event.OpenSource source) {
    long[] none = new long[LedgerTerm.values().length];
    return new Event.Snapshot(
        happened.now(),
        "1",
        List.of(),
        List.of(source),
        Optional.empty(),
        Optional.empty(),
        new LedgerSnapshot(Counts.of(none, none), List.of(), List.of()));
  }
}
