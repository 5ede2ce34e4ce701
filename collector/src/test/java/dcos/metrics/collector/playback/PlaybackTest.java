// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.ledger.Counts;
import dcos.metrics.collector.ledger.LedgerSnapshot;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.collector.testing.Records;
import dcos.metrics.collector.testing.Streams;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that was recorded, shown and sent again. */
@Timeout(60)
class PlaybackTest extends RecordedRun {
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
        .hasSize(4)
        .extracting(line -> line.get("source").asText())
        .containsAll(records.stream().map(record -> record.get("source").asText()).toList());
  }

  @Test
  void showsWhatAFilterFinds() throws Exception {
    record(Map.of());

    List<JsonNode> found =
        json(cat(false, Optional.of(Filter.parse("topic=web or state=dry-run"))));

    assertThat(of(found, "record")).hasSize(60);
    assertThat(of(found, "settled")).isNotEmpty();
    assertThat(found).hasSize(of(found, "record").size() + of(found, "settled").size());
    assertThat(json(cat(false, Optional.of(Filter.parse("outcome=dry-run")))))
        .containsExactlyInAnyOrderElementsOf(found);
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
  void aDamagedHeaderInARecordingDoesNotEndIt() throws Exception {
    Path file = temp.resolve("damaged.avro");
    var at = new EventTime(1, 1);
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
}
