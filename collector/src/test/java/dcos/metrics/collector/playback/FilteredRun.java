// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.collector.event.Event;
import dcos.metrics.collector.event.EventTime;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.ledger.Ledger;
import dcos.metrics.collector.message.FlushTrigger;
import dcos.metrics.collector.message.RecordRange;
import dcos.metrics.collector.outcome.Outcome;
import dcos.metrics.collector.outcome.Receipt;
import dcos.metrics.collector.recording.EventWriter;
import dcos.metrics.collector.testing.Records;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Recordings, and what a filter finds of them with cat. */
abstract class FilteredRun extends RecordedRun {
  static final long ENOUGH_BYTES = 1 << 24;

  final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long nanos;

  List<PlaybackInput> recorded() throws IOException {
    List<Path> both = new ArrayList<>(files("input"));
    both.addAll(files("output"));
    return both.stream().map(PlaybackInput::of).toList();
  }

  static List<PlaybackInput> inputs(Path... files) {
    return Arrays.stream(files).map(PlaybackInput::of).toList();
  }

  static PlaybackInput pipe(byte[] bytes) {
    return PlaybackInput.standard("-", new ByteArrayInputStream(bytes));
  }

  List<JsonNode> found(String filter, long maxWaitingBytes, List<PlaybackInput> inputs)
      throws Exception {
    var out = new ByteArrayOutputStream();
    assertThat(show(filter, maxWaitingBytes, inputs, out)).isTrue();
    return json(out.toString(UTF_8).lines().toList());
  }

  boolean show(
      String filter, long maxWaitingBytes, List<PlaybackInput> inputs, ByteArrayOutputStream out)
      throws Exception {
    try (var printed = new PrintStream(out, false, UTF_8);
        var problems = new PrintStream(err, true, UTF_8)) {
      return new Cat(printed, problems, false, Optional.of(Filter.parse(filter)), maxWaitingBytes)
          .show(inputs);
    }
  }

  static List<String> topics(List<JsonNode> lines) {
    return of(lines, "record").stream().map(line -> line.get("topic").asText()).toList();
  }

  Path write(String name, Event... events) throws IOException {
    Path file = temp.resolve(name + ".avro");
    try (var writer = new EventWriter(Files.newOutputStream(file))) {
      for (Event event : events) {
        writer.write(event);
      }
    }
    return file;
  }

  EventTime now() {
    nanos += 1_000_000;
    return new EventTime(1_700_000_000_000L + nanos / 1_000_000, nanos);
  }

  Event newRun() {
    return new Event.Snapshot(
        now(),
        "1",
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new Ledger().snapshot());
  }

  static Receipt receipt() {
    return new Receipt(3, 42);
  }

  Event opened() {
    return new Event.SourceOpened(now(), 0, "agent");
  }

  Event block(long id, String topic) throws IOException {
    byte[] records = MetricListCodec.encode(Records.many(topic, 2, 1)).bytes();
    return new Event.BlockReceived(now(), id, 0, -1, 2, records);
  }

  Event sorted(long block) {
    return new Event.RecordsSorted(
        now(), block, List.of(new Event.Run("metrics-some", Optional.empty(), 2)));
  }

  Event made(long message, long block) {
    return new Event.MessageMade(
        now(),
        message,
        "metrics-some",
        2,
        100,
        FlushTrigger.COUNT,
        List.of(new RecordRange(block, 0, 2)));
  }

  Event settled(long message, Outcome outcome) {
    return new Event.MessageSettled(now(), message, 2, List.of(), outcome);
  }

  Event settled(long message, List<RecordRange> ranges, Outcome outcome) {
    return new Event.MessageSettled(now(), message, 1, ranges, outcome);
  }
}
