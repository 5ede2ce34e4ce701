// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records and messages that are found by what became of them. */
@Timeout(60)
class OutcomeFilterTest extends FilteredRun {
  @Test
  void findsRecordsByTheOutcomesOfTheirMessages() throws Exception {
    record(Map.of());

    List<JsonNode> found = found("outcome=dry-run", ENOUGH_BYTES, recorded());

    List<JsonNode> records = of(found, "record");
    assertThat(records)
        .hasSize(60)
        .allSatisfy(record -> assertThat(record.get("outcome").asText()).isEqualTo("dry-run"))
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
    assertThat(err.toString(UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("4 records have no outcome in these files: "));
  }

  @Test
  void findsTheRecordsOfEachRangeOfAMessageByItsOutcome() throws Exception {
    Path file =
        write(
            "split",
            opened(),
            block(1, "web"),
            sorted(1),
            made(7, 1),
            settled(7, List.of(new RecordRange(1, 0, 1)), new Outcome.Delivered(receipt())),
            settled(
                7,
                List.of(new RecordRange(1, 1, 1)),
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
}
