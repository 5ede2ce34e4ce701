// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dcos.metrics.MetricList;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
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

/** Files of several containers, recordings or runs. */
@Timeout(60)
class ConsecutiveFilesTest extends RecordedRun {
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
    var at = new EventTime(1, 1);
    String schema = MetricList.getClassSchema().toString();
    byte[] block = MetricListCodec.encode(Records.many("web", 1, 1)).bytes();
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
    var at = new EventTime(1, 1);
    byte[] block = MetricListCodec.encode(Records.many("web", 3, 1)).bytes();
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
  void reportsWhereTheRestOfAFileIsLeftOut() throws Exception {
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
}
