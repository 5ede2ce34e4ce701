// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dcos.metrics.MetricList;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.LedgerTerm;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.playback.Cat;
import dcos.metrics.collector.playback.PlaybackInput;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.inspector.recording.state.CapturedKafka;
import dcos.metrics.inspector.recording.state.CapturedRecord;
import dcos.metrics.inspector.recording.state.CapturedSource;
import dcos.metrics.inspector.recording.state.SaveResult;
import dcos.metrics.inspector.recording.state.StreamContainer;
import dcos.metrics.inspector.testing.Happened;
import dcos.metrics.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecordingSaverTest {
  /** Of the containers of a stream, those that have any. */
  private static final Set<Integer> WITH_BLOCKS = Set.of(1, 3, 4);

  @TempDir private Path temp;
  private final Happened happened = new Happened();
  private final Random random = new Random(5);
  private final List<Recording> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Recording::close);
  }

  @Test
  void opensAgainWithTheSameCounts() throws Exception {
    Recording live = recorded(RecordingLimits.DEFAULT, events(60));
    Path file = temp.resolve("saved.avro");

    SaveResult saved = save(live, file);

    Recording again = opened(file);
    assertThat(saved).isEqualTo(new SaveResult(live.recordCount(), 0, 0));
    assertThat(again.recordCount()).isEqualTo(live.recordCount());
    assertThat(again.ledger()).isEqualTo(live.ledger());
    assertThat(again.deliveryCount()).isEqualTo(live.deliveryCount());
    assertThat(again.deliveries(0, 1000)).isEqualTo(live.deliveries(0, 1000));
    assertThat(again.batching()).hasSameSizeAs(live.batching());
    assertThat(topics(again)).isEqualTo(topics(live));
    assertThat(again.series()).hasSameSizeAs(live.series());
    assertThat(again.settings()).isEqualTo(live.settings());
    assertThat(again.kafka().state()).isEqualTo(live.kafka().state());
    assertThat(again.kafka().outages()).isEqualTo(live.kafka().outages());
    assertThat(again.sources().stream().map(RecordingSaverTest::text))
        .containsExactlyElementsOf(live.sources().stream().map(RecordingSaverTest::text).toList());
  }

  @Test
  void opensAgainWithTheSameRecords() throws Exception {
    Recording live = recorded(RecordingLimits.DEFAULT, events(60));
    Path file = temp.resolve("saved.avro");

    save(live, file);

    Recording again = opened(file);
    int all = (int) live.recordCount();
    assertThat(again.records(0, all)).isEqualTo(live.records(0, all));
    for (long i = 0; i < live.deliveryCount(); i++) {
      assertThat(again.recordsOf(i)).as("message %d", i).isEqualTo(live.recordsOf(i));
    }
  }

  @Test
  void countsWhatTheDiskHasNoRoomForAnyMore() throws Exception {
    List<Event> events = events(60);
    long bytes =
        events.stream()
            .filter(Event.BlockReceived.class::isInstance)
            .mapToLong(event -> ((Event.BlockReceived) event).stored().length)
            .sum();
    Recording live = recorded(RecordingLimits.DEFAULT.withDiskBytes(bytes / 2), events);
    Path file = temp.resolve("saved.avro");

    SaveResult saved = save(live, file);

    Recording again = opened(file);
    long dropped = live.storage().droppedRecords();
    assertThat(dropped).isPositive();
    assertThat(saved).isEqualTo(new SaveResult(live.recordCount() - dropped, dropped, 0));
    assertThat(again.recordCount()).isEqualTo(live.recordCount() - dropped);
    assertThat(again.ledger()).isEqualTo(live.ledger());
    assertThat(topics(again)).isEqualTo(topics(live));
    assertThat(again.deliveryCount()).isEqualTo(live.deliveryCount());
  }

  @Test
  void savesARecordsContainerAsARecording() throws Exception {
    List<MetricList> records = Happened.records("web", 300, 2);
    Path container = temp.resolve("some.avro");
    try (var writer = new DataFileWriter<MetricList>(new SpecificDatumWriter<>(MetricList.class))) {
      writer.setCodec(CodecFactory.deflateCodec(6));
      writer.create(MetricList.getClassSchema(), container.toFile());
      for (MetricList record : records) {
        writer.append(record);
      }
    }
    Path file = temp.resolve("saved.avro");

    save(opened(container), file);

    Recording again = opened(file);
    assertThat(again.records(0, 1000)).extracting(CapturedRecord::metrics).isEqualTo(records);
    assertThat(again.sources()).extracting(CapturedSource::name).containsExactly("file some.avro");
    assertThat(again.kafka().state()).isEqualTo(CapturedKafka.KafkaAvailability.UNKNOWN);
  }

  @Test
  void savesEveryContainerOfAStream() throws Exception {
    List<MetricList> records = Happened.records("web", 30, 2);
    var bytes = new ByteArrayOutputStream();
    int number = 0;
    for (String codec : List.of("null", "deflate", "null", "snappy", "snappy", "null")) {
      var writer = new DataFileWriter<MetricList>(new SpecificDatumWriter<>(MetricList.class));
      writer.setCodec(CodecFactory.fromString(codec));
      writer.create(MetricList.getClassSchema(), bytes);
      if (WITH_BLOCKS.contains(number)) {
        for (MetricList record : records) {
          writer.append(record);
        }
      }
      number++;
      writer.flush();
    }
    Recording recording = opened(Files.write(temp.resolve("six.avro"), bytes.toByteArray()));
    Path file = temp.resolve("saved.avro");

    save(recording, file);

    Recording again = opened(file);
    assertThat(again.recordCount()).isEqualTo(90);
    assertThat(again.records(0, 90)).isEqualTo(recording.records(0, 90));
    assertThat(again.contents().containers(0, 10))
        .hasSize(6)
        .extracting(StreamContainer::number, container -> container.header().offset())
        .containsExactlyElementsOf(
            recording.contents().containers(0, 10).stream()
                .map(container -> Tuple.tuple(container.number(), container.header().offset()))
                .toList());
    assertThat(again.source(0).orElseThrow().containers()).isEqualTo(6);
  }

  @Test
  void savesTheHeaderOfAStreamWithoutBlocks() throws Exception {
    Recording live =
        recorded(
            RecordingLimits.DEFAULT,
            List.of(happened.opened(1, "tcp 127.0.0.1:1"), happened.header(1)));
    Path file = temp.resolve("saved.avro");

    save(live, file);

    assertThat(opened(file).source(0).flatMap(CapturedSource::header)).isPresent();
  }

  @Test
  void savesAnOpenedRecordingAgain() throws Exception {
    Path first = temp.resolve("first.avro");
    Path second = temp.resolve("second.avro");
    Recording live = recorded(RecordingLimits.DEFAULT, events(20));
    save(live, first);

    save(opened(first), second);

    assertThat(opened(second).ledger()).isEqualTo(live.ledger());
    assertThat(events(second)).hasSameSizeAs(events(first));
    assertThat(opened(second).deliveries(0, 1000)).isEqualTo(live.deliveries(0, 1000));
  }

  @Test
  void savesEachMessageAfterTheBlocksOfItsRecords() throws Exception {
    Recording live = recorded(RecordingLimits.DEFAULT, events(20));
    Path file = temp.resolve("saved.avro");

    save(live, file);

    Set<Long> blocks = new HashSet<>();
    boolean anyBetween = false;
    boolean anyMessage = false;
    for (Event event : events(file)) {
      switch (event) {
        case Event.BlockReceived block -> {
          blocks.add(block.block());
          anyBetween |= anyMessage;
        }
        case Event.MessageMade made -> {
          anyMessage = true;
          assertThat(blocks).containsAll(made.ranges().stream().map(RecordRange::block).toList());
        }
        default -> {}
      }
    }
    assertThat(anyBetween).isTrue();
  }

  @Test
  void isCountedAlikeByCollectorCat() throws Exception {
    Recording live = recorded(RecordingLimits.DEFAULT, events(20));
    Path file = temp.resolve("saved.avro");

    save(live, file);

    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, false, StandardCharsets.UTF_8);
    assertThat(new Cat(print, print, true, Optional.empty()).show(List.of(PlaybackInput.of(file))))
        .isTrue();
    print.flush();
    assertThat(out.toString(StandardCharsets.UTF_8).lines().toList().get(1))
        .matches("all +" + live.recordCount() + " .*");
  }

  @Test
  void writesNoMoreOnceItIsStopped() throws Exception {
    Recording live = recorded(RecordingLimits.DEFAULT, events(20));
    var out = new ByteArrayOutputStream();

    SaveResult saved = live.save(out, () -> true, _ -> {});

    assertThat(saved.records()).isZero();
  }

  private static String text(CapturedSource source) {
    return source.name()
        + source.records()
        + source.blocks()
        + source.end()
        + source.header().map(CapturedSource.CapturedHeader::writerSchema);
  }

  private static List<String> topics(Recording recording) {
    return recording.topics().stream()
        .filter(topic -> !topic.records().values().stream().allMatch(count -> count == 0))
        .map(topic -> topic.name() + topic.records())
        .sorted()
        .toList();
  }

  /** Blocks of three sources, some of their records left out, messages with every fate. */
  private List<Event> events(int blocks) {
    List<Event> events = new ArrayList<>();
    List<Event.OpenSource> none = List.of();
    events.add(
        new Event.Snapshot(
            happened.now(),
            "1",
            List.of("KAFKA=true"),
            none,
            Optional.empty(),
            Optional.of(true),
            new LedgerSnapshot(ledgerOf(7), List.of(), List.of())));
    for (long source = 1; source <= 3; source++) {
      events.add(happened.opened(source, "tcp 127.0.0.1:" + source));
      events.add(happened.header(source));
    }
    for (long block = 100; block < 100 + blocks; block++) {
      int records = random.nextInt(4, 20);
      List<MetricList> made = Happened.records("t" + block % 3, records, 2);
      events.add(happened.block(block, 1 + block % 3, made));
      int accepted = records - 3;
      String topic = "t" + block % 3;
      events.add(
          happened.sorted(
              block,
              Happened.throttled(topic, 2),
              Happened.accepted(topic, accepted),
              Happened.rejected(1)));
      if (block % 5 == 4) {
        continue; // Still being collected.
      }
      events.add(happened.made(block, topic, new RecordRange(block, 2, accepted)));
      switch ((int) (block % 5)) {
        case 0 ->
            events.add(
                happened.settled(block, accepted, new Outcome.Delivered(new Receipt(1, block))));
        case 1 -> events.add(happened.settled(block, accepted, new Outcome.DryRun()));
        case 2 -> {
          events.add(
              happened.settled(
                  block,
                  1,
                  new Outcome.Undeliverable(Outcome.Reason.TOO_LARGE, "too large"),
                  new RecordRange(block, 2, 1)));
          if (accepted > 1) {
            events.add(
                happened.settled(
                    block,
                    accepted - 1,
                    new Outcome.Delivered(new Receipt(2, block)),
                    new RecordRange(block, 3, accepted - 1)));
          }
        }
        default -> {} // On its way.
      }
    }
    events.add(happened.closed(2, "corrupt sync marker", 77));
    return events;
  }

  private static Counts ledgerOf(long delivered) {
    var terms = LedgerTerm.values();
    long[] records = new long[terms.length];
    records[LedgerTerm.RECEIVED.ordinal()] = delivered;
    records[LedgerTerm.DELIVERED.ordinal()] = delivered;
    return Counts.of(records, new long[terms.length]);
  }

  private Recording recorded(RecordingLimits limits, List<Event> events) throws Exception {
    var recording = new Recording(limits, temp);
    open.add(recording);
    recording.start();
    for (Event event : events) {
      recording.put(event);
    }
    Await.until("all was taken in", recording::isSettled);
    return recording;
  }

  private Recording opened(Path file) throws Exception {
    Recording recording = Recording.open(List.of(file), RecordingLimits.DEFAULT, temp);
    open.add(recording);
    recording.start();
    Await.until("all was taken in", recording::isSettled);
    return recording;
  }

  private static SaveResult save(Recording recording, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      return recording.save(out, () -> false, _ -> {});
    }
  }

  private static List<Event> events(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    try (EventReader reader = EventReader.open(file)) {
      for (Event event = reader.next(); event != null; event = reader.next()) {
        events.add(event);
      }
    }
    return events;
  }
}
