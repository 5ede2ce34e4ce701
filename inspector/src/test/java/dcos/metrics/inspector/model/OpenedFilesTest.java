// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dcos.metrics.MetricList;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Part;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.outcome.RecordState;
import dcos.metrics.collector.outcome.Term;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.inspector.model.captured.CapturedRecord;
import dcos.metrics.inspector.model.captured.CapturedSource;
import dcos.metrics.inspector.model.captured.StreamBlock;
import dcos.metrics.inspector.model.captured.StreamContainer;
import dcos.metrics.inspector.model.captured.Trouble;
import dcos.metrics.inspector.model.detail.DetailNode;
import dcos.metrics.inspector.model.detail.HeaderTree;
import dcos.metrics.inspector.model.find.Findings;
import dcos.metrics.inspector.model.find.Query;
import dcos.metrics.inspector.testing.Await;
import dcos.metrics.inspector.testing.Happened;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of file, whole and damaged. */
class OpenedFilesTest {
  @TempDir Path folder;
  private final Happened happened = new Happened();
  private final List<Recording> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Recording::close);
  }

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
        .extracting(DetailNode::name)
        .containsExactly("magic", "metadata", "sync marker");
    assertThat(recording.contents().blocks(0, 3, 2))
        .extracting(StreamBlock::firstRecord)
        .containsExactly(300L, 400L);
  }

  @Test
  void opensAllContainersOfAFile() throws IOException {
    List<MetricList> records = Happened.records("web", 100, 3);
    byte[] all = {};
    List<Long> offsets = new ArrayList<>();
    for (String codec : List.of("null", "deflate", "snappy", "zstandard")) {
      offsets.add((long) all.length);
      all = concatenated(all, container(records, CodecFactory.fromString(codec), 30));
    }

    Recording recording = open(file("all.avro", all));

    assertThat(recording.loading().skipped()).isZero();
    assertThat(recording.recordCount()).isEqualTo(400);
    for (int i = 0; i < 4; i++) {
      assertThat(recording.records(100L * i, 100))
          .extracting(CapturedRecord::metrics)
          .isEqualTo(records);
    }
    CapturedSource source = recording.sources().getFirst();
    assertThat(source.containers()).isEqualTo(4);
    assertThat(source.header().orElseThrow().codec()).isEqualTo("zstandard");
    assertThat(source.end().orElseThrow()).extracting(end -> end.cause()).isEqualTo("");
    List<StreamContainer> containers = recording.contents().containers(0, 10);
    assertThat(containers).extracting(container -> container.header().offset()).isEqualTo(offsets);
    for (StreamContainer container : containers) {
      int from = (int) container.header().offset();
      assertThat(container.header().bytes())
          .isEqualTo(Arrays.copyOfRange(all, from, from + container.header().bytes().length));
    }
    // The marker behind a block is its own container's.
    StreamBlock second = recording.contents().blocks(0, 4, 1).getFirst();
    assertThat(containers.get(1).header().bytes())
        .endsWith(recording.contents().bytesOf(second.number()).sync());
  }

  @Test
  void afterDamageLooksForTheMarkerOfTheSameContainer() throws IOException {
    byte[] first = container(Happened.records("web", 30, 1), CodecFactory.nullCodec(), 10);
    byte[] second = container(Happened.records("db", 30, 1), CodecFactory.deflateCodec(1), 10);
    first[first.length - 1 - 2 * blockBytes()] ^= 1; // the first block's marker

    Recording recording = open(file("both.avro", concatenated(first, second)));

    assertThat(recording.loading().skipped()).isEqualTo(1);
    assertThat(recording.recordCount()).isEqualTo(10 + 30);
    assertThat(recording.records(39, 1).getFirst().metrics().getTopic()).isEqualTo("db");
  }

  @Test
  void saysWhereAContainerOfAnotherKindBegins() throws IOException {
    byte[] first = container(Happened.records("web", 30, 1), CodecFactory.nullCodec(), 10);
    Path recorded = recording("input.avro", happened.opened(1, "tcp 127.0.0.1:1"));
    byte[] other = Files.readAllBytes(recorded);

    Recording recording = open(file("both.avro", concatenated(first, other)));

    assertThat(recording.recordCount()).isEqualTo(30);
    CapturedSource.End end = recording.sources().getFirst().end().orElseThrow();
    assertThat(end.cause()).startsWith("unsupported schema");
    assertThat(end.offset()).isBetween((long) first.length, first.length + 100L);
    assertThat(recording.loading().skipped()).isEqualTo(1);
  }

  @Test
  void opensAllRecordingsOfAFile() throws IOException {
    List<MetricList> records = Happened.records("web", 50, 2);
    byte[] first =
        Files.readAllBytes(
            recording(
                "first.avro",
                happened.opened(1, "tcp 127.0.0.1:1"),
                happened.header(1),
                happened.block(1, 1, records)));
    byte[] second =
        Files.readAllBytes(
            recording(
                "second.avro",
                happened.opened(2, "tcp 127.0.0.1:2"),
                happened.header(2),
                happened.block(2, 2, records)));

    Recording recording = open(file("both.avro", concatenated(first, second)));

    assertThat(recording.loading().problem()).isEmpty();
    assertThat(recording.records(50, 50)).extracting(CapturedRecord::metrics).isEqualTo(records);
    assertThat(recording.records(0, 50)).extracting(CapturedRecord::metrics).isEqualTo(records);
    assertThat(recording.sources()).hasSize(2);
  }

  @Test
  void readsTheOtherFilesWhereAnotherKindBeginsInOne() throws IOException {
    Path input =
        recording(
            "input.avro",
            happened.opened(1, "tcp 127.0.0.1:1"),
            happened.header(1),
            happened.block(1, 1, Happened.records("web", 50, 2)));
    byte[] metrics = container(Happened.records("web", 3, 1), CodecFactory.nullCodec(), 10);
    Path both = file("both.avro", concatenated(Files.readAllBytes(input), metrics));
    Path output =
        recording(
            "output.avro",
            happened.made(1, "web", new Part(1, 0, 50)),
            happened.settled(1, 50, new Outcome.Delivered(new Receipt(2, 4711))));
    Path other = file("other.avro", metrics);

    Recording recording = open(both, output, other);

    assertThat(recording.loading().problem()).startsWith(both + ": not a recording: ");
    assertThat(recording.recordCount()).isEqualTo(53);
    assertThat(recording.ledger().records(Term.DELIVERED)).isEqualTo(50);
  }

  @Test
  void passesOverABlockWhoseMarkerIsDamaged() throws IOException {
    byte[] container = container(Happened.records("web", 30, 1), CodecFactory.nullCodec(), 10);
    container[container.length - 1 - blockBytes()] ^= 1; // the second's marker

    Recording recording = open(file("damaged.avro", container));

    assertThat(recording.loading().skipped()).isEqualTo(1);
    assertThat(recording.loading().problem()).isEmpty();
    assertThat(recording.recordCount()).isEqualTo(10);
    Trouble trouble = recording.troubles().getFirst();
    assertThat(trouble.kind()).isEqualTo(Trouble.Kind.BROKEN_STREAM);
    assertThat(trouble.text()).startsWith("file damaged.avro: corrupt sync marker: found ");
  }

  @Test
  void showsWhatIsBeforeTheCut() throws IOException {
    byte[] container = container(Happened.records("web", 30, 1), CodecFactory.nullCodec(), 10);
    byte[] cut = Arrays.copyOf(container, container.length - 3);

    Recording recording = open(file("cut.avro", cut));

    assertThat(recording.recordCount()).isEqualTo(20);
    assertThat(recording.troubles().getFirst().text()).contains("truncated block: ");
  }

  @Test
  void saysOfABlockThatItDoesNotHoldItsRecords() throws IOException {
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
            happened.made(1, "web", new Part(1, 0, 50)),
            happened.settled(1, 50, new Outcome.Delivered(new Receipt(2, 4711))));

    Recording recording = open(out, in);

    assertThat(recording.records(0, 50)).extracting(CapturedRecord::metrics).isEqualTo(records);
    assertThat(recording.records(49, 1).getFirst().state().name()).isEqualTo("delivered");
    assertThat(recording.records(50, 1).getFirst().state()).isEqualTo(RecordState.RECEIVED);
    assertThat(recording.records(99, 1).getFirst().metrics()).isEqualTo(records.get(49));
    assertThat(recording.ledger().records(Term.DELIVERED)).isEqualTo(50);
    assertThat(recording.ledger().records(Term.HELD)).isEqualTo(50);
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

    assertThatThrownBy(() -> Recording.open(List.of(text), Limits.DEFAULT, folder))
        .isInstanceOf(IOException.class)
        .hasMessage(
            text + ": neither an Avro file nor a log with lines that begin with RECORD IN:");
    assertThatThrownBy(() -> Recording.open(List.of(missing), Limits.DEFAULT, folder))
        .isInstanceOf(IOException.class)
        .hasMessage(missing + ": no such file");
  }

  private static long[] found(Recording recording, String filter) throws Exception {
    try (Findings rows = recording.find(Query.of(Filter.parse(filter)))) {
      Await.until("all is looked at", () -> rows.progress() == 1);
      return rows.numbers(0, 1000);
    }
  }

  private Recording open(Path... files) throws IOException {
    Recording recording = Recording.open(List.of(files), Limits.DEFAULT, folder.resolve("tmp"));
    opened.add(recording);
    recording.start();
    Await.until("all is read", recording::isSettled);
    return recording;
  }

  private Path recording(String name, Event... events) throws IOException {
    Path path = folder.resolve(name);
    try (var writer = new EventWriter(Files.newOutputStream(path))) {
      for (Event event : events) {
        writer.write(event);
      }
    }
    return path;
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** The last block's length, its marker included; blocks are alike. */
  private static int blockBytes() throws IOException {
    byte[] one =
        container(Happened.records("web", 30, 1).subList(20, 30), CodecFactory.nullCodec(), 10);
    byte[] none = container(List.of(), CodecFactory.nullCodec(), 10);
    return one.length - none.length;
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] container(List<MetricList> records, CodecFactory codec, int perBlock)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<>(new SpecificDatumWriter<>(MetricList.class))) {
      writer.setCodec(codec);
      writer.setSyncInterval(1 << 20);
      writer.create(MetricList.getClassSchema(), bytes);
      for (int i = 0; i < records.size(); i++) {
        writer.append(records.get(i));
        if ((i + 1) % perBlock == 0) {
          writer.sync();
        }
      }
    }
    return bytes.toByteArray();
  }
}
