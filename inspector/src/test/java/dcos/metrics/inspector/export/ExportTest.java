// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.inspector.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dcos.metrics.Datapoint;
import dcos.metrics.MetricList;
import dcos.metrics.Tag;
import dcos.metrics.codec.MetricLists;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Part;
import dcos.metrics.collector.event.Stamp;
import dcos.metrics.collector.event.Verdict;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.filter.FilterException;
import dcos.metrics.collector.message.Outcome;
import dcos.metrics.collector.message.Trigger;
import dcos.metrics.collector.playback.Cat;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.inspector.export.Export.Ending;
import dcos.metrics.inspector.export.Export.View;
import dcos.metrics.inspector.model.Limits;
import dcos.metrics.inspector.model.Query;
import dcos.metrics.inspector.model.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ExportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long START_MS = 1_700_000_000_000L;
  private static final int BLOCKS = 40;
  private static final String[] TEXTS = {
    "web",
    "a b",
    "say \"hi\"",
    "two\r\nlines",
    "Größe",
    "=1+1",
    "-5",
    "@x",
    "",
    "a,b",
    "k=v",
    "日本",
    "\\"
  };

  @TempDir private Path temp;
  private final Random random = new Random(11);
  private final List<Event> events = new ArrayList<>();
  private final List<MetricList> sent = new ArrayList<>();
  private final List<Recording> open = new ArrayList<>();
  private long ms = START_MS;

  @AfterEach
  void close() {
    open.forEach(Recording::close);
  }

  @Test
  void writesEveryDatapointOfEveryRecordAsALine() throws Exception {
    happen();
    Path file = temp.resolve("all.csv");

    Ending ending = export(recorded(), View.RECORDS, Filter.ALL, file);

    assertThat(ending).isEqualTo(new Ending.Done(sent.size(), 0));
    List<List<String>> lines = csv(file);
    assertThat(lines.removeFirst())
        .containsExactly(
            "record",
            "time",
            "source",
            "topic",
            "tags",
            "name",
            "time_ms",
            "value",
            "verdict",
            "state",
            "reason",
            "message",
            "partition",
            "offset");
    List<List<String>> expected = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      MetricList record = sent.get(i);
      String tags = CsvFile.tags(record.getTags());
      List<Datapoint> datapoints = record.getDatapoints();
      for (Datapoint datapoint : datapoints) {
        expected.add(
            List.of(
                Integer.toString(i),
                record.getTopic(),
                tags,
                datapoint.getName(),
                Long.toString(datapoint.getTimeMs()),
                Double.toString(datapoint.getValue())));
      }
      if (datapoints.isEmpty()) {
        expected.add(List.of(Integer.toString(i), record.getTopic(), tags, "", "", ""));
      }
    }
    assertThat(lines)
        .extracting(
            line ->
                List.of(
                    line.get(0), line.get(3), line.get(4), line.get(5), line.get(6), line.get(7)))
        .containsExactlyElementsOf(expected);
    assertThat(lines).allSatisfy(line -> assertThat(line.get(2)).isEqualTo("tcp \"one\""));
  }

  @Test
  void saysWhatBecameOfEachRecord() throws Exception {
    happen();
    Path file = temp.resolve("all.csv");

    export(recorded(), View.RECORDS, Filter.ALL, file);

    // Of every block the first is throttled, the last is rejected; odd blocks were delivered.
    for (List<String> line : csv(file).stream().skip(1).toList()) {
      List<String> fate = line.subList(8, 14);
      assertThat(fate)
          .isIn(
              List.of(
                  "throttled",
                  "",
                  "over the input limit of its connection (input-limit-amount-kbytes)",
                  "",
                  "",
                  ""),
              List.of(
                  "rejected",
                  "",
                  "its topic can not be made a legal name of a Kafka topic",
                  "",
                  "",
                  ""),
              List.of("accepted", "dry run", "", fate.get(3), "", ""),
              List.of("accepted", "delivered", "", fate.get(3), "3", "100" + fate.get(3)));
    }
    assertThat(csv(file)).anyMatch(line -> line.get(9).equals("delivered"));
    assertThat(csv(file)).anyMatch(line -> line.get(8).equals("rejected"));
  }

  @Test
  void writesRecordsAsCollectorCatPrintsThem() throws Exception {
    happen();
    Path file = temp.resolve("all.jsonl");
    Path recording = temp.resolve("source.avro");
    record(recording);

    Ending ending = export(opened(recording), View.RECORDS, Filter.ALL, file);

    assertThat(ending).isEqualTo(new Ending.Done(sent.size(), 0));
    assertThat(catLines(recording, Optional.empty()))
        .hasSize(sent.size())
        .containsExactlyElementsOf(withoutWhatCatDoesNotKnow(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"topic=web", "-topic=web", "verdict=throttled", "name:G or value>0.5"})
  void writesWhatTheFilterFinds(String text) throws Exception {
    happen();
    Path file = temp.resolve("some.jsonl");
    Path recording = temp.resolve("source.avro");
    record(recording);

    Ending ending = export(opened(recording), View.RECORDS, Filter.parse(text), file);

    List<JsonNode> expected = catLines(recording, Optional.of(Filter.parse(text)));
    assertThat(expected).isNotEmpty().hasSizeLessThan(sent.size());
    assertThat(withoutWhatCatDoesNotKnow(file)).containsExactlyElementsOf(expected);
    assertThat(ending).isEqualTo(new Ending.Done(expected.size(), 0));
  }

  @Test
  void saysHowManyAreNotKeptAnyMore() throws Exception {
    happen();
    long bytes =
        events.stream()
            .filter(Event.BlockReceived.class::isInstance)
            .mapToLong(event -> ((Event.BlockReceived) event).stored().length)
            .sum();
    Recording recording = recorded(Limits.DEFAULT.withDiskBytes(bytes / 2));
    Path file = temp.resolve("rest.jsonl");

    Ending ending = export(recording, View.RECORDS, Filter.ALL, file);

    long dropped = recording.storage().droppedRecords();
    assertThat(dropped).isPositive();
    assertThat(ending).isEqualTo(new Ending.Done(sent.size() - dropped, dropped));
    assertThat(json(file)).hasSize((int) (sent.size() - dropped));
  }

  @Test
  void writesDeliveriesWithEveryDigit() throws Exception {
    happen();
    Path file = temp.resolve("out.csv");
    Recording recording = recorded();

    Ending ending = export(recording, View.DELIVERIES, Filter.ALL, file);

    assertThat(ending).isEqualTo(new Ending.Done(BLOCKS, 0));
    List<List<String>> lines = csv(file);
    assertThat(lines).hasSize(BLOCKS + 1);
    assertThat(lines.get(0))
        .containsExactly(
            "message",
            "time",
            "kafka_topic",
            "records",
            "bytes",
            "trigger",
            "state",
            "detail",
            "partition",
            "offset",
            "batch_ns",
            "settle_ns",
            "settled_records");
    // The block at 2 ms, sorted, made at 4 ms and settled at 5 ms.
    assertThat(lines.get(2).subList(2, 13))
        .containsExactly(
            "metrics-x",
            lines.get(2).get(3),
            "12345678901",
            "count",
            "delivered",
            "",
            "3",
            "1001",
            "2000000",
            "1000000",
            lines.get(2).get(3));
    assertThat(lines.get(1).get(6)).isEqualTo("dry run");
  }

  @Test
  void writesDeliveriesAsJson() throws Exception {
    happen();
    Path file = temp.resolve("out.jsonl");

    export(recorded(), View.DELIVERIES, Filter.parse("state:delivered"), file);

    List<JsonNode> lines = json(file);
    assertThat(lines).hasSize(BLOCKS / 2);
    assertThat(lines.getFirst().get("message").asLong()).isEqualTo(1);
    assertThat(lines.getFirst().get("partition").asInt()).isEqualTo(3);
    assertThat(lines.getFirst().get("settle_ns").asLong()).isEqualTo(1_000_000);
  }

  @Test
  void writesEverySeriesWithItsLastValue() throws Exception {
    happen();
    Recording recording = recorded();
    Path csv = temp.resolve("series.csv");
    Path json = temp.resolve("series.jsonl");

    Ending ending = export(recording, View.METRICS, Filter.ALL, csv);
    export(recording, View.METRICS, Filter.ALL, json);

    assertThat(ending).isEqualTo(new Ending.Done(recording.series().size(), 0));
    List<List<String>> expected =
        recording.series().stream()
            .map(
                series ->
                    List.of(
                        series.topic(),
                        series.name(),
                        CsvFile.tags(series.tags()),
                        Double.toString(series.last())))
            .toList();
    assertThat(csv(csv).stream().skip(1).map(line -> line.subList(0, 4)))
        .containsExactlyElementsOf(expected);
    assertThat(json(json).stream().map(line -> line.get("name").asText()))
        .containsExactlyElementsOf(expected.stream().map(line -> line.get(1)).toList());
  }

  @Test
  void tellsTagsApart() {
    assertThat(CsvFile.tags(List.of(new Tag("host", "a1"), new Tag("container", "web.1"))))
        .isEqualTo("host=a1 container=web.1");
    assertThat(CsvFile.tags(List.of(new Tag("a b", "k=\"v\""), new Tag("", "\\"))))
        .isEqualTo("\"a b\"=\"k=\\\"v\\\"\" \"\"=\"\\\\\"");
  }

  @Test
  void leavesNothingBehindWhereItCanNotWrite() throws Exception {
    happen();
    Path folder = temp.resolve("none");

    Ending ending = export(recorded(), View.RECORDS, Filter.ALL, folder.resolve("all.csv"));

    assertThat(ending).isEqualTo(new Ending.Failed("there is no such folder"));
  }

  @Test
  void leavesTheFileThatWasThereAsItWasWhenItIsStopped() throws Exception {
    happen();
    Path file = Files.writeString(temp.resolve("all.csv"), "before");
    Recording recording = recorded();
    var ended = new CompletableFuture<Ending>();
    var export = new Export(recording, View.RECORDS, Query.ALL, file, listener(ended::complete));
    export.close();

    export.start();

    assertThat(ended.get(20, TimeUnit.SECONDS)).isEqualTo(new Ending.Stopped());
    assertThat(Files.readString(file)).isEqualTo("before");
    assertThat(temp.resolve("all.csv.part")).doesNotExist();
  }

  @Test
  void refusesANameThatSaysNoFormat() throws Exception {
    Recording recording = recorded();
    Path file = temp.resolve("all.txt");

    assertThatThrownBy(
            () -> new Export(recording, View.RECORDS, Query.ALL, file, listener(_ -> {})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": its name must end with .csv or .jsonl");
  }

  private void happen() {
    Stamp start = now();
    String schema = MetricList.getClassSchema().toString();
    events.add(new Event.SourceOpened(start, 1, "tcp \"one\""));
    events.add(new Event.HeaderSeen(start, 1, "null", schema, false, new byte[0]));
    for (int block = 0; block < BLOCKS; block++) {
      List<MetricList> records = new ArrayList<>();
      for (int i = random.nextInt(3, 30); i > 0; i--) {
        records.add(record());
      }
      sent.addAll(records);
      byte[] bytes = MetricLists.encode(records).bytes();
      events.add(new Event.BlockReceived(now(), block, 1, 100L + block, records.size(), bytes));
      int most = records.size() - 2;
      events.add(
          new Event.RecordsSorted(
              now(),
              block,
              List.of(
                  new Event.Run("metrics-x", Verdict.THROTTLED, 1),
                  new Event.Run("metrics-x", Verdict.ACCEPTED, most),
                  new Event.Run("", Verdict.REJECTED_TOPIC, 1))));
      List<Part> parts = List.of(new Part(block, 1, most));
      events.add(
          new Event.MessageMade(
              now(), block, "metrics-x", most, 12_345_678_901L, Trigger.COUNT, parts));
      Outcome outcome =
          block % 2 == 0
              ? new Outcome.DryRun()
              : new Outcome.Delivered(3, Long.parseLong("100" + block));
      events.add(new Event.MessageSettled(now(), block, most, List.of(), outcome));
    }
  }

  private MetricList record() {
    List<Tag> tags = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.add(new Tag(text(), text()));
    }
    List<Datapoint> datapoints = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      double value = i == 3 ? Double.NaN : random.nextGaussian();
      datapoints.add(new Datapoint(text(), random.nextLong(), value));
    }
    return new MetricList(text(), tags, datapoints);
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private Stamp now() {
    ms++;
    return new Stamp(ms, ms * 1_000_000);
  }

  private Recording recorded() throws Exception {
    return recorded(Limits.DEFAULT);
  }

  private Recording recorded(Limits limits) throws Exception {
    var recording = new Recording("made", limits, temp);
    open.add(recording);
    recording.start();
    for (Event event : events) {
      recording.put(event);
    }
    settle(recording);
    return recording;
  }

  private Recording opened(Path file) throws IOException {
    Recording recording = Recording.open(List.of(file), Limits.DEFAULT, temp);
    open.add(recording);
    recording.start();
    settle(recording);
    return recording;
  }

  private static void settle(Recording recording) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!recording.isSettled()) {
      assertThat(System.nanoTime()).as("not settled within 30 s").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private void record(Path file) throws IOException {
    try (var writer = new EventWriter(Files.newOutputStream(file))) {
      for (Event event : events) {
        writer.write(event);
      }
    }
  }

  private static Ending export(Recording recording, View view, Filter filter, Path file)
      throws Exception {
    var ended = new CompletableFuture<Ending>();
    try (var export =
        new Export(recording, view, Query.of(filter), file, listener(ended::complete))) {
      export.start();
      Ending ending = ended.get(30, TimeUnit.SECONDS);
      assertThat(file.resolveSibling(file.getFileName() + ".part")).doesNotExist();
      return ending;
    }
  }

  private static Export.Listener listener(Consumer<Ending> onEnd) {
    return new Export.Listener() {
      @Override
      public void progressed(double share, long rows) {}

      @Override
      public void ended(Ending ending) {
        onEnd.accept(ending);
      }
    };
  }

  private static List<List<String>> csv(Path file) throws IOException {
    return CsvText.read(Files.readString(file));
  }

  private static List<JsonNode> json(Path file) throws IOException {
    return parse(Files.readString(file));
  }

  private static List<JsonNode> parse(String text) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      lines.add(MAPPER.readTree(line));
    }
    return lines;
  }

  private static List<JsonNode> withoutWhatCatDoesNotKnow(Path file) throws IOException {
    List<JsonNode> lines = json(file);
    lines.forEach(
        line ->
            ((ObjectNode) line)
                .remove(List.of("state", "reason", "message", "partition", "offset")));
    return lines;
  }

  private static List<JsonNode> catLines(Path recording, Optional<Filter> filter)
      throws IOException, FilterException {
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, false, StandardCharsets.UTF_8);
    assertThat(new Cat(print, print, false, filter).show(List.of(recording))).isTrue();
    print.flush();
    return parse(out.toString(StandardCharsets.UTF_8)).stream()
        .filter(line -> line.get("event").asText().equals("record"))
        .toList();
  }
}
