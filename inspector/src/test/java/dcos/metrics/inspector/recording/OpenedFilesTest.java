// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.MetricList;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.outcome.RecordState;
import dcos.metrics.inspector.recording.decode.DecodedNode;
import dcos.metrics.inspector.recording.decode.HeaderTree;
import dcos.metrics.inspector.recording.search.SearchQuery;
import dcos.metrics.inspector.recording.search.SearchResults;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.ErrorEntry;
import dcos.metrics.inspector.recording.state.StreamBlock;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of file, whole and damaged. */
class OpenedFilesTest extends OpenedFiles {
  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
  void opensAContainerOfAnyCodec(String codec) throws IOException {
    List<MetricList> records = Happened.records("web", 1000, 3);
    Path file = file("some.avro", container(records, CodecFactory.fromString(codec), 100));

    Recording recording = open(file);

    assertThat(recording.recordCount()).isEqualTo(1000);
    assertThat(recording.records(0, 2000)).extracting(CapturedRecord::metrics).isEqualTo(records);
    assertThat(recording.records(537, 1).getFirst().metrics()).isEqualTo(records.get(537));
    assertThat(recording.sources())
        .extracting(CapturedSource::name)
        .containsExactly("file some.avro");
    assertThat(recording.storage().datapoints()).isEqualTo(3000);
    assertThat(recording.storage().diskBytes()).isZero();
    byte[] header = recording.source(0).flatMap(CapturedSource::header).orElseThrow().bytes();
    assertThat(HeaderTree.of(header).children())
        .extracting(DecodedNode::name)
        .containsExactly("magic", "metadata", "sync marker");
    assertThat(recording.contents().blocks(0, 3, 2))
        .extracting(StreamBlock::firstRecord)
        .containsExactly(300L, 400L);
  }

  @Test
  void passesOverABlockWhoseMarkerIsDamaged() throws IOException {
    byte[] container = container(Happened.records("web", 30, 1), CodecFactory.nullCodec(), 10);
    container[container.length - 1 - blockBytes()] ^= 1; // the second's marker

    Recording recording = open(file("damaged.avro", container));

    assertThat(recording.loading().skipped()).isEqualTo(1);
    assertThat(recording.loading().problem()).isEmpty();
    assertThat(recording.recordCount()).isEqualTo(10);
    ErrorEntry error = recording.errors().getFirst();
    assertThat(error.kind()).isEqualTo(ErrorEntry.ErrorKind.BROKEN_STREAM);
    assertThat(error.text()).startsWith("file damaged.avro: corrupt sync marker: found ");
  }

  @Test
  void showsWhatIsBeforeTheCut() throws IOException {
    byte[] container = container(Happened.records("web", 30, 1), CodecFactory.nullCodec(), 10);
    byte[] cut = Arrays.copyOf(container, container.length - 3);

    Recording recording = open(file("cut.avro", cut));

    assertThat(recording.recordCount()).isEqualTo(20);
    assertThat(recording.errors().getFirst().text()).contains("truncated block: ");
  }

  @Test
  void reportsOfABlockThatItDoesNotHoldItsRecords() throws IOException {
    byte[] container = container(Happened.records("web", 30, 1), CodecFactory.nullCodec(), 10);
    int last = container.length - blockBytes();
    container[last + 3] = (byte) 0x7f; // the length of the first topic

    Recording recording = open(file("damaged.avro", container));

    assertThat(recording.storage().damagedBlocks()).isEqualTo(1);
    assertThat(recording.storage().damagedRecords()).isEqualTo(10);
    assertThat(recording.records(20, 1).getFirst().state().isDamaged()).isTrue();
    assertThat(recording.records(19, 1).getFirst().state()).isEqualTo(RecordState.RECEIVED);
  }

  @Test
  void opensARecordingOfSeveralFilesAsOne() throws IOException {
    List<MetricList> records = Happened.records("web", 50, 2);
    Path in =
        recording(
            "input.avro",
            happened.opened(1, "tcp 127.0.0.1:1"),
            happened.header(1),
            happened.block(1, 1, records),
            happened.sorted(1, Happened.accepted("web", 50)),
            happened.block(2, 1, records));
    Path out =
        recording(
            "output.avro",
            happened.made(1, "web", new RecordRange(1, 0, 50)),
            happened.settled(1, 50, new Outcome.Delivered(new Receipt(2, 4711))));

    Recording recording = open(out, in);

    assertThat(recording.records(0, 50)).extracting(CapturedRecord::metrics).isEqualTo(records);
    assertThat(recording.records(49, 1).getFirst().state().name()).isEqualTo("delivered");
    assertThat(recording.records(50, 1).getFirst().state()).isEqualTo(RecordState.RECEIVED);
    assertThat(recording.records(99, 1).getFirst().metrics()).isEqualTo(records.get(49));
    assertThat(recording.ledger().records(LedgerTerm.DELIVERED)).isEqualTo(50);
    assertThat(recording.ledger().records(LedgerTerm.HELD)).isEqualTo(50);
    assertThat(recording.storage().diskBytes()).isZero();
    assertThat(recording.series()).hasSize(2);
  }

  @Test
  void countsTheBytesOfARecordingsBlocksThoughItLeavesThemInTheFile() throws IOException {
    Event.BlockReceived first = happened.block(1, 1, Happened.records("web", 50, 2));
    Event.BlockReceived second = happened.block(2, 1, Happened.records("web", 7, 2));
    Path file =
        recording(
            "input.avro",
            happened.opened(1, "tcp 127.0.0.1:1"),
            happened.header(1),
            first,
            second,
            happened.closed(1, "", 4711));

    Recording recording = open(file);

    assertThat(recording.source(0).orElseThrow().storedBytes())
        .isEqualTo(first.stored().length + second.stored().length);
    assertThat(recording.contents().blocks(0, 0, 2))
        .extracting(StreamBlock::storedBytes)
        .containsExactly(first.stored().length, second.stored().length);
  }

  @Test
  void findsTheRecordsOfAFilter() throws Exception {
    Path file =
        recording(
            "input.avro",
            happened.opened(1, "tcp 127.0.0.1:1"),
            happened.header(1),
            happened.block(1, 1, Happened.records("web", 100, 2)),
            happened.block(2, 1, Happened.records("db", 10, 2)),
            happened.sorted(1, Happened.accepted("web", 40), Happened.throttled("web", 60)));
    Recording recording = open(file);

    assertThat(found(recording, "topic:db")).hasSize(10).startsWith(100);
    assertThat(found(recording, "outcome:throttled")).hasSize(60).startsWith(40).endsWith(99);
    assertThat(found(recording, "outcome=throttled")).hasSize(60);
    assertThat(found(recording, "outcome:\"input limit\"")).hasSize(60);
    assertThat(found(recording, "verdict:throttled")).hasSize(60).startsWith(40).endsWith(99);
    assertThat(found(recording, "verdict:\"input limit\"")).hasSize(60);
    assertThat(found(recording, "name=figure.1 value>98")).containsExactly(98, 99);
    assertThat(found(recording, "tag.host=a1 source:tcp")).hasSize(110);
    assertThat(found(recording, "tag.host=a2")).isEmpty();
  }

  @Test
  void opensALogWithRecords() throws IOException {
    String log =
        """
        INFO listening
        RECORD IN: {"source":"tcp 10.0.0.1:5","topic":"web","tags":[{"key":"host","value":"a1"}],\
        "datapoints":[{"name":"x","time_ms":1700000000000,"value":0.5},\
        {"name":"y","time_ms":1700000000000,"value":"NaN"}]}
        00000000  06 77 65 62
        RECORD IN: {"source":"agent","topic":"db","tags":[],"datapoints":[]}
        RECORD IN: {"source":"agent","topic
        """;

    Recording recording = open(file("collector.log", log.getBytes(UTF_8)));

    List<CapturedRecord> rows = recording.records(0, 10);
    assertThat(rows).extracting(CapturedRecord::source).containsExactly("tcp 10.0.0.1:5", "agent");
    assertThat(rows.getFirst().metrics().getDatapoints().get(1).getValue()).isNaN();
    assertThat(rows.getFirst().wallMs()).isEqualTo(1_700_000_000_000L);
    assertThat(recording.loading().skipped()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoneOfThese() throws IOException {
    Path text = file("notes.txt", "nothing\n".getBytes(UTF_8));
    Path missing = folder.resolve("missing.avro");

    assertThatThrownBy(() -> Recording.open(List.of(text), RecordingLimits.DEFAULT, folder))
        .isInstanceOf(IOException.class)
        .hasMessage(
            text + ": neither an Avro file nor a log with lines that begin with RECORD IN:");
    assertThatThrownBy(() -> Recording.open(List.of(missing), RecordingLimits.DEFAULT, folder))
        .isInstanceOf(IOException.class)
        .hasMessage(missing + ": no such file");
  }

  private static long[] found(Recording recording, String filter) throws Exception {
    try (SearchResults rows = recording.find(SearchQuery.of(Filter.parse(filter)))) {
      Await.until("all is looked at", () -> rows.progress() == 1);
      return rows.numbers(0, 1000);
    }
  }
}
