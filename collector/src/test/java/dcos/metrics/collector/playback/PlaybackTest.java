// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dcos.metrics.MetricList;
import dcos.metrics.codec.MetricLists;
import dcos.metrics.collector.Pipeline;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Stamp;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.collector.settings.OptionValues;
import dcos.metrics.collector.testing.Await;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that was recorded, shown and sent again. */
@Timeout(60)
class PlaybackTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path temp;
  private final List<byte[]> sent = new ArrayList<>();

  @Test
  void countsAreThoseOfTheLedger() throws Exception {
    LedgerSnapshot ledger = record(Map.of("INPUT_LIMIT_AMOUNT_KBYTES", "2"));

    List<String> stats = cat(true, Optional.empty());

    Counts total = ledger.total();
    assertThat(total.records("throttled")).isPositive();
    assertThat(stats)
        .contains(
            row(
                "all",
                total.records("received"),
                total.records("dry-run"),
                total.records("throttled"),
                total.records("rejected"),
                0L),
            row("dry-run", 2L, total.records("dry-run")),
            row("not settled", 0L, 0L))
        .contains(row("by the recorder", 0L, 0L, 0L));
    for (LedgerSnapshot.Line line : ledger.sources()) {
      if (line.counts().records("received") > 0) {
        assertThat(stats)
            .contains(
                row(
                    line.name(),
                    line.counts().records("received"),
                    line.counts().records("dry-run"),
                    line.counts().records("throttled"),
                    line.counts().records("rejected"),
                    0L));
      }
    }
    for (LedgerSnapshot.Line line : ledger.topics()) {
      String name = line.counts().records("rejected") > 0 ? "(none)" : line.name();
      assertThat(stats)
          .contains(
              row(
                  name,
                  line.counts().records("received"),
                  line.counts().records("dry-run"),
                  line.counts().records("throttled"),
                  line.counts().records("rejected"),
                  0L));
    }
  }

  @Test
  void showsEveryRecordWithItsVerdict() throws Exception {
    record(Map.of());

    List<JsonNode> lines = json(cat(false, Optional.empty()));

    assertThat(lines.getFirst().get("event").asText()).isEqualTo("snapshot");
    List<JsonNode> records = of(lines, "record");
    assertThat(records).hasSize(61);
    assertThat(records)
        .allSatisfy(
            record -> assertThat(record.get("source").asText()).startsWith("tcp 127.0.0.1"));
    assertThat(records.stream().filter(r -> r.get("verdict").asText().equals("rejected")))
        .singleElement()
        .satisfies(record -> assertThat(record.get("kafka_topic").asText()).isEmpty());
    assertThat(records.getLast().get("datapoints")).isNotEmpty();
    assertThat(of(lines, "settled"))
        .allSatisfy(line -> assertThat(line.get("outcome").asText()).isEqualTo("dry-run"));
    assertThat(of(lines, "closed"))
        .hasSize(3)
        .extracting(line -> line.get("source").asText())
        .isSubsetOf(records.stream().map(record -> record.get("source").asText()).toList());
  }

  @Test
  void showsWhatAFilterFinds() throws Exception {
    record(Map.of());

    List<JsonNode> found =
        json(cat(false, Optional.of(Filter.parse("topic=web or state=dry-run"))));

    assertThat(of(found, "record")).hasSize(40);
    assertThat(of(found, "settled")).isNotEmpty();
    assertThat(found).hasSize(of(found, "record").size() + of(found, "settled").size());
    assertThat(json(cat(false, Optional.of(Filter.parse("outcome=dry-run")))))
        .isEqualTo(of(found, "settled"));
    assertThat(json(cat(false, Optional.of(Filter.parse("outcome=rejected"))))).hasSize(1);
  }

  @Test
  void findsRecordsByTheTopicOfTheirSenderAndByThatOfKafka() throws Exception {
    record(Map.of());

    for (String topic : List.of("web", "metrics-web")) {
      assertThat(of(json(cat(false, Optional.of(Filter.parse("topic=" + topic)))), "record"))
          .as(topic)
          .hasSize(40);
    }
  }

  @Test
  void printsNotEvenALineWhereNothingIsFound() throws Exception {
    record(Map.of());

    assertThat(cat(false, Optional.of(Filter.parse("topic=none")))).isEmpty();
  }

  @Test
  void showsAnyContainerOfMetrics() throws Exception {
    Path file = temp.resolve("metrics.avro");
    byte[] container = Streams.container(Records.many("web", 3, 1), CodecFactory.snappyCodec(), 2);
    Files.write(file, container);
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();

    boolean whole = show(List.of(file), out, err, false, Optional.empty());

    assertThat(whole).isTrue();
    assertThat(out.toString(UTF_8).lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("{\"topic\":\"web\","));
    Files.write(file, Arrays.copyOf(container, container.length - 1));
    assertThat(show(List.of(file, temp.resolve("none")), out, err, false, Optional.empty()))
        .isFalse();
    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            file + ": truncated sync marker: 15 of 16 bytes at offset " + (container.length - 16),
            temp.resolve("none") + ": no such file");
  }

  @Test
  void showsTheRecordsOfAllContainersOfAFile() throws Exception {
    byte[] first = Streams.container(Records.many("web", 3, 1), CodecFactory.snappyCodec(), 2);
    byte[] second = Streams.container(Records.many("db", 2, 1), CodecFactory.deflateCodec(1), 2);
    Path file = Files.write(temp.resolve("two.avro"), concatenated(first, second));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();

    assertThat(show(List.of(file), out, err, false, Optional.empty())).isTrue();

    assertThat(json(out.toString(UTF_8).lines().toList()))
        .extracting(line -> line.get("topic").asText())
        .containsExactly("web", "web", "web", "db", "db");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void showsTheEventsOfAllRecordingsOfAFile() throws Exception {
    record(Map.of());
    byte[] input = Files.readAllBytes(files("input").getFirst());
    byte[] output = Files.readAllBytes(files("output").getFirst());
    List<String> apart = cat(false, Optional.empty());
    Path file = Files.write(temp.resolve("both.avro"), concatenated(input, output));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();

    assertThat(show(List.of(file), out, err, false, Optional.empty())).isTrue();

    assertThat(out.toString(UTF_8).lines()).containsExactlyElementsOf(apart);
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void refusesAContainerOfAnotherKindBehindTheFirst() throws Exception {
    record(Map.of());
    byte[] recording = Files.readAllBytes(files("input").getFirst());
    byte[] metrics = Streams.container(Records.many("web", 3, 1));
    Path one = Files.write(temp.resolve("one.avro"), concatenated(metrics, recording));
    Path other = Files.write(temp.resolve("other.avro"), concatenated(recording, metrics));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();

    assertThat(show(List.of(one, other), out, err, false, Optional.empty())).isFalse();

    List<JsonNode> lines = json(out.toString(UTF_8).lines().toList());
    assertThat(of(lines, "record")).hasSize(61);
    assertThat(lines.stream().filter(line -> !line.has("event"))).hasSize(3);
    assertThat(err.toString(UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith(one + ": unsupported schema"),
            line ->
                assertThat(line)
                    .isEqualTo(
                        other
                            + ": not a recording: its schema is of dcos.metrics.MetricList, not of"
                            + " dcos.metrics.recording.Entry at offset "
                            + recording.length));
  }

  @Test
  void readsNoBlockByTheHeaderOfAnotherContainer() throws Exception {
    Path file = temp.resolve("skipped.avro");
    var at = new Stamp(1, 1);
    String schema = MetricList.getClassSchema().toString();
    byte[] block = MetricLists.encode(Records.many("web", 1, 1)).bytes();
    try (var writer = new EventWriter(Files.newOutputStream(file))) {
      writer.write(new Event.SourceOpened(at, 2, "tcp 127.0.0.1:1"));
      writer.write(new Event.HeaderSeen(at, 2, "null", schema, false, new byte[0], 0));
      writer.write(new Event.BlockReceived(at, 1, 2, 900, 1, block, 0));
      writer.write(new Event.Skipped(at, 1, 0, 0)); // the next header
      writer.write(new Event.BlockReceived(at, 2, 2, 2000, 1, block, 1500));
    }
    var out = new ByteArrayOutputStream();

    assertThat(show(List.of(file), out, new ByteArrayOutputStream(), false, Optional.empty()))
        .isTrue();

    List<JsonNode> lines = json(out.toString(UTF_8).lines().toList());
    assertThat(of(lines, "record")).hasSize(1);
    assertThat(of(lines, "block"))
        .extracting(line -> line.get("problem").asText())
        .containsExactly("the header of its stream is not known");
    try (var streams = new ReceivedStreams();
        var replay = replay(streams, Double.POSITIVE_INFINITY)) {
      replay.send(PlaybackInput.of(file));
      assertThat(replay.progress().records()).isEqualTo(1);
      assertThat(replay.progress().unknownRecords()).isEqualTo(1);
    }
  }

  @Test
  void losesNoRecordOfARunWithoutVerdictsToOneWithTheSameIds() throws Exception {
    Path file = temp.resolve("killed.avro");
    var at = new Stamp(1, 1);
    byte[] block = MetricLists.encode(Records.many("web", 3, 1)).bytes();
    try (var writer = new EventWriter(Files.newOutputStream(file))) {
      writer.write(new Event.SourceOpened(at, 0, "agent"));
      writer.write(new Event.BlockReceived(at, 1, 0, -1, 3, block));
    }
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();

    assertThat(show(List.of(file, file), out, err, false, Optional.empty())).isTrue();
    assertThat(of(json(out.toString(UTF_8).lines().toList()), "record")).hasSize(6);

    out.reset();
    assertThat(show(List.of(file, file), out, err, true, Optional.empty())).isTrue();
    assertThat(out.toString(UTF_8).lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains(row("all", 6L, 0L, 0L, 0L, 6L));
  }

  @Test
  void saysWhereTheRestOfAFileIsLeftOut() throws Exception {
    record(Map.of());
    byte[] input = Files.readAllBytes(files("input").getFirst());
    byte[] cut = Arrays.copyOf(input, input.length - 3);
    byte[] output = Files.readAllBytes(files("output").getFirst());
    Path file = Files.write(temp.resolve("cut.avro"), concatenated(cut, output));
    var err = new ByteArrayOutputStream();

    assertThat(show(List.of(file), new ByteArrayOutputStream(), err, false, Optional.empty()))
        .isFalse();

    assertThat(err.toString(UTF_8).lines().toList().getLast())
        .startsWith(file + ": damaged at offset ")
        .matches(".*: no sync marker of its recording follows, [0-9]+ bytes left out");
    long left = Long.parseLong(err.toString(UTF_8).replaceAll("(?s).*follows, ([0-9]+).*", "$1"));
    assertThat(left).isGreaterThan(output.length);
  }

  @Test
  void aDamagedHeaderInARecordingDoesNotEndIt() throws Exception {
    Path file = temp.resolve("damaged.avro");
    var at = new Stamp(1, 1);
    try (var writer = new EventWriter(Files.newOutputStream(file))) {
      writer.write(new Event.SourceOpened(at, 2, "tcp 127.0.0.1:1"));
      writer.write(new Event.HeaderSeen(at, 2, "null", "{}", false, new byte[] {'O', 'b', 'j'}));
      writer.write(new Event.BlockReceived(at, 1, 2, 9, 1, new byte[] {1, 2, 3}));
      writer.write(new Event.KafkaChanged(at, true, ""));
    }
    var out = new ByteArrayOutputStream();

    assertThat(show(List.of(file), out, new ByteArrayOutputStream(), false, Optional.empty()))
        .isTrue();

    assertThat(out.toString(UTF_8).lines())
        .hasSize(4)
        .anyMatch(line -> line.contains("\"event\":\"block\"") && line.contains("\"problem\":"));
  }

  @Test
  void sendsEachConnectionAgainByteForByte() throws Exception {
    record(Map.of());
    List<byte[]> received;
    try (var streams = new ReceivedStreams()) {
      try (var replay = replay(streams, Double.POSITIVE_INFINITY)) {
        for (Path file : files("input")) {
          replay.send(PlaybackInput.of(file));
        }
        assertThat(replay.progress().records()).isEqualTo(61);
        assertThat(replay.progress().unknownRecords()).isZero();
      }
      received = streams.await(sent.size());
    }

    assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
  }

  @Test
  void sendsAnyContainerAsItIs() throws Exception {
    byte[] container = Streams.container(Records.many("web", 3, 1));
    Path file = Files.write(temp.resolve("metrics.avro"), container);
    List<byte[]> received;
    try (var streams = new ReceivedStreams()) {
      try (var replay = replay(streams, 1)) {
        replay.send(PlaybackInput.of(file));
      }
      received = streams.await(1);
    }

    assertThat(received.getFirst()).isEqualTo(container);
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static Replay replay(ReceivedStreams streams, double speed) {
    return new Replay(streams.endpoint(), speed, _ -> {});
  }

  /**
   * Three connections: 61 records of three topics, one of which is none. The last one sends two
   * containers.
   */
  private LedgerSnapshot record(Map<String, String> more) throws Exception {
    Map<String, String> environment = new TreeMap<>(more);
    environment.putAll(
        Map.of(
            "KAFKA", "false",
            "AGENT_POLLING", "false",
            "LISTEN_ENDPOINT", "127.0.0.1:0",
            "RECORD_DIR", temp.resolve("recordings").toString(),
            "RECORD_INPUT_LOG", "true",
            "RECORD_OUTPUT_LOG", "true"));
    OptionValues values = OptionValues.of(Map.of(), environment);
    var pipeline =
        new Pipeline(values.settings(), values.environmentLines(), "1", _ -> {}, _ -> {});
    pipeline.start();
    var mixed = new ArrayList<>(Records.many("db", 20, 2));
    mixed.add(Records.of("x".repeat(300)));
    sent.add(Streams.container(mixed, CodecFactory.deflateCodec(6), 7));
    sent.add(Streams.container(Records.many("web", 30, 2), CodecFactory.nullCodec(), 4));
    sent.add(
        concatenated(
            Streams.container(Records.many("web", 6, 2), CodecFactory.zstandardCodec(1), 3),
            Streams.container(Records.many("web", 4, 2), CodecFactory.snappyCodec(), 4)));
    for (byte[] container : sent) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), pipeline.endpoint().port())) {
        socket.getOutputStream().write(container);
      }
    }
    Await.until("the records", () -> pipeline.ledger().total().records("received") == 61);
    pipeline.stop(Duration.ofSeconds(10));
    return pipeline.ledger();
  }

  private List<String> cat(boolean stats, Optional<Filter> filter) throws Exception {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    List<Path> both = new ArrayList<>(files("input"));
    both.addAll(files("output"));
    assertThat(show(both, out, err, stats, filter)).isTrue();
    assertThat(err.toString(UTF_8)).isEmpty();
    return out.toString(UTF_8)
        .lines()
        .map(line -> stats ? line.strip().replaceAll(" {2,}", " ") : line)
        .toList();
  }

  private static boolean show(
      List<Path> files,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err,
      boolean stats,
      Optional<Filter> filter)
      throws IOException {
    try (var printed = new PrintStream(out, false, UTF_8);
        var problems = new PrintStream(err, true, UTF_8)) {
      return new Cat(printed, problems, stats, filter)
          .show(files.stream().map(PlaybackInput::of).toList());
    }
  }

  private List<Path> files(String track) throws IOException {
    try (Stream<Path> all = Files.list(temp.resolve("recordings"))) {
      return all.filter(file -> file.getFileName().toString().startsWith(track)).sorted().toList();
    }
  }

  private static String row(String name, Long... figures) {
    var text = new StringBuilder(name);
    for (long figure : figures) {
      text.append(' ').append(figure);
    }
    return text.toString();
  }

  private static List<JsonNode> json(List<String> lines) throws IOException {
    List<JsonNode> read = new ArrayList<>();
    for (String line : lines) {
      read.add(JSON.readTree(line));
    }
    return read;
  }

  private static List<JsonNode> of(List<JsonNode> lines, String event) {
    return lines.stream().filter(l -> event.equals(l.path("event").asText())).toList();
  }
}
