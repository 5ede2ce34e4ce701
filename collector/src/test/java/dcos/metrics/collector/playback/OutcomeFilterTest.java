// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dcos.metrics.MetricList;
import dcos.metrics.codec.MetricLists;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.Part;
import dcos.metrics.collector.event.Stamp;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.message.Trigger;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records and messages that are found by what became of them. */
@Timeout(60)
class OutcomeFilterTest extends RecordedRun {
  private static final long ENOUGH_BYTES = 1 << 24;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long nanos;

  @Test
  void findsRecordsByTheOutcomesOfTheirMessages() throws Exception {
    record(Map.of());

    List<JsonNode> found = found("outcome=dry-run", ENOUGH_BYTES, recorded());

    List<JsonNode> records = of(found, "record");
    assertThat(records)
        .hasSize(60)
        .allSatisfy(record -> assertThat(record.get("state").asText()).isEqualTo("dry-run"))
        .allSatisfy(record -> assertThat(record.get("kafka_topic").asText()).isNotEmpty());
    List<Long> messages =
        of(found, "settled").stream().map(l -> l.get("message").asLong()).toList();
    assertThat(messages).isNotEmpty();
    assertThat(records).extracting(record -> record.get("message").asLong()).isSubsetOf(messages);
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void findsMessagesByTheirRecords() throws Exception {
    record(Map.of());

    List<JsonNode> found = found("topic=web", ENOUGH_BYTES, recorded());

    assertThat(of(found, "record")).hasSize(40);
    assertThat(of(found, "settled"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.get("kafka_topic").asText()).isEqualTo("metrics-web"));
    assertThat(found("source:nobody", ENOUGH_BYTES, recorded())).isEmpty();
  }

  @Test
  void findsMessagesByTheirTopicWhereTheirRecordsAreNotKnown() throws Exception {
    record(Map.of());
    List<PlaybackInput> output = files("output").stream().map(PlaybackInput::of).toList();

    assertThat(of(found("topic:web", ENOUGH_BYTES, output), "settled")).isNotEmpty();
    assertThat(found("topic:none", ENOUGH_BYTES, output)).isEmpty();
    assertThat(found("tag.host=a1", ENOUGH_BYTES, output)).isEmpty();
    assertThat(found("-tag.host=a1", ENOUGH_BYTES, output)).isEmpty();
  }

  @Test
  void findsTheSameOfPipesInEitherOrder() throws Exception {
    record(Map.of());
    byte[] input = Files.readAllBytes(files("input").getFirst());
    byte[] output = Files.readAllBytes(files("output").getFirst());

    for (String filter : List.of("outcome=dry-run", "topic=web", "state:dry topic=db", "ms>=0")) {
      List<JsonNode> expected = found(filter, ENOUGH_BYTES, recorded());
      assertThat(expected).as(filter).isNotEmpty();
      assertThat(found(filter, ENOUGH_BYTES, List.of(pipe(input), pipe(output))))
          .as(filter)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(found(filter, ENOUGH_BYTES, List.of(pipe(output), pipe(input))))
          .as(filter)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void readsFilesInTheOrderOfTheirEvents() throws Exception {
    Path input1 = write("input-1", opened(), block(1, "web"), sorted(1));
    Path output1 = write("output-1", made(1, 1), settled(1, new Outcome.Delivered(receipt())));
    Path input2 = write("input-2", opened(), block(1, "db"), sorted(1));
    Path output2 = write("output-2", made(1, 1), settled(1, new Outcome.DryRun()));

    List<PlaybackInput> files = inputs(output2, input1, input2, output1);

    assertThat(topics(found("outcome:delivered", ENOUGH_BYTES, files)))
        .containsExactly("web", "web");
    assertThat(topics(found("outcome:dry-run", ENOUGH_BYTES, files))).containsExactly("db", "db");
  }

  @Test
  void findsTheMessageThatWasNotSettledWhenTheRecordingEnded() throws Exception {
    Path file = write("killed", opened(), block(1, "web"), sorted(1), made(7, 1), block(2, "db"));

    List<JsonNode> sending = found("state:sending", ENOUGH_BYTES, inputs(file));
    List<JsonNode> received = found("outcome:received", ENOUGH_BYTES, inputs(file));

    assertThat(of(sending, "message"))
        .singleElement()
        .extracting(l -> l.get("message").asLong())
        .isEqualTo(7L);
    assertThat(topics(sending)).containsExactly("web", "web");
    assertThat(topics(received)).containsExactly("db", "db");
  }

  @Test
  void findsTheRecordsOfEachPartOfAMessageByItsOutcome() throws Exception {
    Path file =
        write(
            "split",
            opened(),
            block(1, "web"),
            sorted(1),
            made(7, 1),
            settled(7, List.of(new Part(1, 0, 1)), new Outcome.Delivered(receipt())),
            settled(
                7,
                List.of(new Part(1, 1, 1)),
                new Outcome.Undeliverable(Outcome.Reason.TOO_LARGE, "over 1 MB")));

    List<JsonNode> delivered = found("outcome=delivered", ENOUGH_BYTES, inputs(file));
    List<JsonNode> undeliverable = found("outcome:undeliverable", ENOUGH_BYTES, inputs(file));

    assertThat(of(delivered, "record")).extracting(l -> l.get("index").asInt()).containsExactly(0);
    assertThat(of(delivered, "settled")).isEmpty();
    assertThat(of(undeliverable, "record"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.get("index").asInt()).isEqualTo(1);
              assertThat(line.get("reason").asText()).isEqualTo("too large: over 1 MB");
            });
    assertThat(of(undeliverable, "settled")).hasSize(2);
  }

  @Test
  void reportsRecordsThatItCannotHoldUntilTheyAreSettled() throws Exception {
    record(Map.of());
    byte[] input = Files.readAllBytes(files("input").getFirst());
    byte[] output = Files.readAllBytes(files("output").getFirst());
    var out = new ByteArrayOutputStream();

    boolean whole = show("outcome:held", 1, List.of(pipe(input), pipe(output)), out);

    assertThat(whole).isFalse();
    assertThat(err.toString(UTF_8))
        .matches("[0-9]+ records were filtered before their outcomes were known: (?s).*");
    assertThat(of(json(out.toString(UTF_8).lines().toList()), "record")).isNotEmpty();
  }

  @Test
  void reportsMessagesThatItCannotHoldUntilTheirRecordsCome() throws Exception {
    record(Map.of());
    byte[] input = Files.readAllBytes(files("input").getFirst());
    byte[] output = Files.readAllBytes(files("output").getFirst());

    assertThat(
            show(
                "outcome:dry-run",
                1,
                List.of(pipe(output), pipe(input)),
                new ByteArrayOutputStream()))
        .isFalse();
    assertThat(err.toString(UTF_8))
        .matches("[0-9]+ records were filtered before their outcomes were known: (?s).*");
  }

  @Test
  void holdsNoBlockThatCannotBeFoundWhateverTheOutcome() throws Exception {
    record(Map.of());
    byte[] input = Files.readAllBytes(files("input").getFirst());
    byte[] output = Files.readAllBytes(files("output").getFirst());

    List<JsonNode> found =
        found("topic=none outcome:dry-run", 20_000, List.of(pipe(input), pipe(output)));

    assertThat(found).isEmpty();
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void readsTheFoldersOfTwoCollectorsApart() throws Exception {
    Files.createDirectory(temp.resolve("a"));
    Files.createDirectory(temp.resolve("b"));
    Event open = opened();
    Event blockOfA = block(1, "web");
    Event blockOfB = block(1, "db");
    Event sorted = sorted(1);
    Event made = made(1, 1);
    Path a = write("a/some", open, blockOfA, sorted, made, settled(1, new Outcome.DryRun()));
    Path b =
        write("b/some", open, blockOfB, sorted, made, settled(1, new Outcome.Delivered(receipt())));

    assertThat(topics(found("outcome:delivered", ENOUGH_BYTES, inputs(a, b))))
        .containsExactly("db", "db");
    assertThat(topics(found("outcome:dry-run", ENOUGH_BYTES, inputs(a, b))))
        .containsExactly("web", "web");
    assertThat(topics(found("-outcome:held", ENOUGH_BYTES, inputs(a, b)))).hasSize(4);
  }

  @Test
  void readsOnWhereAFileIsBrokenAndNamesIt() throws Exception {
    Path good = write("good", opened(), block(1, "web"), sorted(1));
    var broken = new ByteArrayOutputStream();
    broken.writeBytes(Files.readAllBytes(write("first", opened(), block(2, "db"), sorted(2))));
    broken.writeBytes(Streams.container(Records.many("web", 1, 1))); // of another kind
    Path bad = Files.write(temp.resolve("bad.avro"), broken.toByteArray());
    Path metrics =
        Files.write(temp.resolve("metrics.avro"), Streams.container(Records.many("web", 1, 1)));
    var out = new ByteArrayOutputStream();

    assertThat(show("topic:*", ENOUGH_BYTES, inputs(good, bad, metrics), out)).isFalse();

    assertThat(json(out.toString(UTF_8).lines().toList()))
        .extracting(line -> line.get("topic").asText())
        .containsExactlyInAnyOrder("web", "web", "db", "db", "web");
    assertThat(err.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .startsWith(bad + ": not a recording");
  }

  @Test
  void takesNoHeaderOfAnOlderSnapshot() throws Exception {
    String schema = MetricList.getClassSchema().toString();
    Event source = new Event.SourceOpened(now(), 2, "tcp 127.0.0.1:1");
    var first = new Event.HeaderSeen(now(), 2, "snappy", schema, false, new byte[0], 0);
    var second = new Event.HeaderSeen(now(), 2, "null", schema, false, new byte[0], 500);
    byte[] records = MetricLists.encode(Records.many("web", 2, 1)).bytes();
    var older =
        new Event.Snapshot(
            now(),
            "1",
            List.of(),
            List.of(new Event.OpenSource((Event.SourceOpened) source, Optional.of(first))),
            Optional.empty(),
            Optional.empty(),
            new Ledger().snapshot());
    Path file =
        write(
            "rolled",
            source,
            first,
            second,
            older,
            new Event.BlockReceived(now(), 1, 2, 600, 2, records, 500),
            sorted(1));

    assertThat(topics(found("topic:web", ENOUGH_BYTES, inputs(file))))
        .containsExactly("web", "web");
  }

  @Test
  void givesNoBlockTheOutcomeOfAnotherRun() throws Exception {
    Path file =
        write(
            "runs",
            opened(),
            block(5, "web"),
            sorted(5),
            made(1, 5),
            made(2, 6),
            newRun(),
            opened(),
            made(1, 5), // whose block was skipped
            settled(1, new Outcome.Delivered(receipt())),
            made(2, 6),
            settled(2, new Outcome.DryRun()));

    assertThat(of(found("outcome:delivered", ENOUGH_BYTES, inputs(file)), "record")).isEmpty();
    assertThat(topics(found("state:sending", ENOUGH_BYTES, inputs(file)))).hasSize(2);
    assertThat(of(found("state:sending", ENOUGH_BYTES, inputs(file)), "message")).hasSize(2);
  }

  @Test
  void findsNoMessageByItsTopicIfItsRecordsCannotBeRead() throws Exception {
    Path file =
        write(
            "damaged",
            opened(),
            new Event.BlockReceived(now(), 1, 0, -1, 2, new byte[] {1, 2, 3}),
            sorted(1),
            made(1, 1),
            settled(1, new Outcome.DryRun()));

    assertThat(found("topic:some", ENOUGH_BYTES, inputs(file))).isEmpty();
    assertThat(of(found("outcome:dry-run", ENOUGH_BYTES, inputs(file)), "settled")).hasSize(1);
  }

  @Test
  void namesTheWordOfThisVersion() throws Exception {
    record(Map.of());

    found("outcome:failed", ENOUGH_BYTES, recorded());

    assertThat(err.toString(UTF_8).lines())
        .containsExactly("outcome:failed is now outcome:undeliverable");
  }

  private List<PlaybackInput> recorded() throws IOException {
    List<Path> both = new ArrayList<>(files("input"));
    both.addAll(files("output"));
    return both.stream().map(PlaybackInput::of).toList();
  }

  private static List<PlaybackInput> inputs(Path... files) {
    return Arrays.stream(files).map(PlaybackInput::of).toList();
  }

  private static PlaybackInput pipe(byte[] bytes) {
    return PlaybackInput.standard("-", new ByteArrayInputStream(bytes));
  }

  private List<JsonNode> found(String filter, long maxWaitingBytes, List<PlaybackInput> inputs)
      throws Exception {
    var out = new ByteArrayOutputStream();
    assertThat(show(filter, maxWaitingBytes, inputs, out)).isTrue();
    return json(out.toString(UTF_8).lines().toList());
  }

  private boolean show(
      String filter, long maxWaitingBytes, List<PlaybackInput> inputs, ByteArrayOutputStream out)
      throws Exception {
    try (var printed = new PrintStream(out, false, UTF_8);
        var problems = new PrintStream(err, true, UTF_8)) {
      return new Cat(printed, problems, false, Optional.of(Filter.parse(filter)), maxWaitingBytes)
          .show(inputs);
    }
  }

  private static List<String> topics(List<JsonNode> lines) {
    return of(lines, "record").stream().map(line -> line.get("topic").asText()).toList();
  }

  private Path write(String name, Event... events) throws IOException {
    Path file = temp.resolve(name + ".avro");
    try (var writer = new EventWriter(Files.newOutputStream(file))) {
      for (Event event : events) {
        writer.write(event);
      }
    }
    return file;
  }

  private Stamp now() {
    nanos += 1_000_000;
    return new Stamp(1_700_000_000_000L + nanos / 1_000_000, nanos);
  }

  private Event newRun() {
    return new Event.Snapshot(
        now(),
        "1",
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new Ledger().snapshot());
  }

  private static Receipt receipt() {
    return new Receipt(3, 42);
  }

  private Event opened() {
    return new Event.SourceOpened(now(), 0, "agent");
  }

  private Event block(long id, String topic) throws IOException {
    byte[] records = MetricLists.encode(Records.many(topic, 2, 1)).bytes();
    return new Event.BlockReceived(now(), id, 0, -1, 2, records);
  }

  private Event sorted(long block) {
    return new Event.RecordsSorted(
        now(), block, List.of(new Event.Run("metrics-some", Optional.empty(), 2)));
  }

  private Event made(long message, long block) {
    return new Event.MessageMade(
        now(), message, "metrics-some", 2, 100, Trigger.COUNT, List.of(new Part(block, 0, 2)));
  }

  private Event settled(long message, Outcome outcome) {
    return new Event.MessageSettled(now(), message, 2, List.of(), outcome);
  }

  private Event settled(long message, List<Part> parts, Outcome outcome) {
    return new Event.MessageSettled(now(), message, 1, parts, outcome);
  }
}
