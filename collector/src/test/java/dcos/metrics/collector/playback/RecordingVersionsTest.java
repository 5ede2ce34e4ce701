// SPDX-FileCopyrightText: The Metrics Collector authors
// SPDX-License-Identifier: Apache-2.0

package dcos.metrics.collector.playback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dcos.metrics.MetricList;
import dcos.metrics.codec.container.BlockHeader;
import dcos.metrics.codec.container.ContainerLimits;
import dcos.metrics.codec.container.ContainerReader;
import dcos.metrics.codec.container.StreamBytes;
import dcos.metrics.codec.record.MetricListCodec;
import dcos.metrics.codec.record.MetricListJson;
import dcos.metrics.collector.filter.Filter;
import dcos.metrics.collector.recording.EventReader;
import dcos.metrics.testkit.recording.LaterVersion;
import dcos.metrics.testkit.recording.ReleasedRecording;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Recordings of every release, and of later versions, as the file commands read them. */
@Timeout(60)
class RecordingVersionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] SAMPLE_HEADER = StreamBytes.header("{}", "deflate");

  @TempDir private Path temp;

  static List<ReleasedRecording> released() {
    return ReleasedRecording.all();
  }

  static Stream<Arguments> later() {
    return Stream.of(LaterVersion.values())
        .flatMap(version -> released().stream().map(recording -> Arguments.of(version, recording)));
  }

  @ParameterizedTest
  @MethodSource("released")
  void catPrintsWhatTheReleasePrinted(ReleasedRecording recording) throws Exception {
    var cat = new Printed(recording.file(), false);

    assertThat(cat.whole).isTrue();
    assertThat(cat.out).containsExactlyElementsOf(recording.lines());
    assertThat(cat.err).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("released")
  void catCountsWhatTheReleaseCounted(ReleasedRecording recording) throws Exception {
    var cat = new Printed(recording.file(), true);

    assertThat(cat.whole).isTrue();
    assertThat(cat.out).containsExactlyElementsOf(recording.stats());
    assertThat(cat.err).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("later")
  void catPrintsWhatItKnowsOfALaterVersion(LaterVersion version, ReleasedRecording recording)
      throws Exception {
    Path file = later(version, recording);
    var cat = new Printed(file, false);

    assertThat(cat.whole).isTrue();
    List<String> expected = recording.lines().stream().map(version::expected).toList();
    assertThat(cat.out).containsExactlyElementsOf(expected);
    long added = version.addedTo(recording);
    if (version == LaterVersion.ADDED_EVENTS) {
      assertThat(cat.err)
          .containsExactly(file + ": " + added + " events of a newer version skipped");
    } else {
      assertThat(cat.err).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("released")
  void catCountsSkippedEventsOfALaterVersion(ReleasedRecording recording) throws Exception {
    var cat = new Printed(later(LaterVersion.ADDED_EVENTS, recording), true);

    List<String> expected = new ArrayList<>(recording.stats());
    expected.add("of a newer version  %s".formatted(LaterVersion.ADDED_EVENTS.addedTo(recording)));
    assertThat(cat.out.stream().map(line -> line.replaceAll(" +", " ")))
        .containsExactlyElementsOf(
            expected.stream().map(line -> line.replaceAll(" +", " ")).toList());
    assertThat(cat.whole).isTrue();
  }

  @Test
  void catCountsUnknownVerdictsAndOutcomes() throws Exception {
    var limits = new ReleasedRecording("0.1.0", "limits-input");
    var outcomes = new ReleasedRecording("0.1.0", "outcomes-output");

    assertThat(new Printed(later(LaterVersion.ADDED_SYMBOLS, limits), true).out)
        .contains("all                         200       122          0         0       78");
    assertThat(new Printed(later(LaterVersion.ADDED_OUTCOMES, outcomes), true).out)
        .anyMatch(line -> line.matches("  unknown +6 +14"))
        .anyMatch(line -> line.matches("  not settled +0 +0"));
  }

  @Test
  void countsSkippedEventsOfAllFilesTogether() throws Exception {
    var limits = new ReleasedRecording("0.1.0", "limits-input");
    Path file = later(LaterVersion.ADDED_EVENTS, limits);
    long added = LaterVersion.ADDED_EVENTS.addedTo(limits);

    assertThat(new Printed(List.of(file, file), true, Optional.empty()).out)
        .anyMatch(line -> line.matches("of a newer version +" + 2 * added));
    try (var streams = new ReceivedStreams();
        var replay = new Replay(streams.endpoint(), Double.POSITIVE_INFINITY, _ -> {})) {
      replay.send(PlaybackInput.of(file));
      replay.send(PlaybackInput.of(file));
      assertThat(replay.unknownEvents()).isEqualTo(2 * added);
    }
  }

  @Test
  void catFiltersByUnknownOutcomesAndVerdicts() throws Exception {
    var limits = new ReleasedRecording("0.1.0", "limits-input");
    var outcomes = new ReleasedRecording("0.1.0", "outcomes-output");
    Path symbols = later(LaterVersion.ADDED_SYMBOLS, limits);
    Path archived = later(LaterVersion.ADDED_OUTCOMES, outcomes);

    assertThat(found(symbols, "verdict:unknown")).hasSize(78);
    assertThat(found(symbols, "verdict:accepted")).hasSize(122);
    assertThat(found(archived, "outcome:unknown")).hasSize(6);
    assertThat(found(archived, "outcome:Archived")).hasSize(6);
  }

  private List<String> found(Path file, String filter) throws Exception {
    return new Printed(List.of(file), false, Optional.of(Filter.parse(filter))).out;
  }

  @ParameterizedTest
  @MethodSource("released")
  void replaySendsEveryRecordOfARelease(ReleasedRecording recording) throws Exception {
    assertThat(replayed(recording.file(), 0)).containsExactlyElementsOf(records(recording));
  }

  @ParameterizedTest
  @MethodSource("later")
  void replaySendsEveryRecordOfALaterVersion(LaterVersion version, ReleasedRecording recording)
      throws Exception {
    assertThat(replayed(later(version, recording), version.addedTo(recording)))
        .containsExactlyElementsOf(records(recording));
  }

  private Path later(LaterVersion version, ReleasedRecording recording) throws IOException {
    Path file = temp.resolve(version + "-" + recording.name() + ".avro");
    return Files.write(file, version.rewritten(recording.file()));
  }

  /** The records whose streams have a recorded header, as the release printed them. */
  private static List<String> records(ReleasedRecording recording) throws IOException {
    List<String> records = new ArrayList<>();
    for (String line : recording.lines()) {
      var json = (ObjectNode) JSON.readTree(line);
      if (json.get("event").asText().equals("record")) {
        json.retain("topic", "tags", "datapoints");
        records.add(JSON.writeValueAsString(json));
      }
    }
    records.sort(null);
    return records;
  }

  private static List<String> replayed(Path file, long skipped) throws Exception {
    List<String> records = new ArrayList<>();
    try (var streams = new ReceivedStreams()) {
      var replay = new Replay(streams.endpoint(), Double.POSITIVE_INFINITY, _ -> {});
      try (replay) {
        replay.send(PlaybackInput.of(file));
      }
      assertThat(replay.unknownEvents()).isEqualTo(skipped);
      for (byte[] stream : streams.await(replay.progress().connections())) {
        addRecords(stream, records);
      }
    }
    records.sort(null);
    return records;
  }

  private static void addRecords(byte[] stream, List<String> records) throws IOException {
    // A header of every-event.avro, which no collector accepts, without blocks.
    if (Arrays.equals(stream, 0, stream.length - 16, SAMPLE_HEADER, 0, SAMPLE_HEADER.length - 16)) {
      return;
    }
    var limits = new ContainerLimits(EventReader.MAX_HEADER_BYTES, EventReader.MAX_BLOCK_BYTES);
    try (var reader = new ContainerReader(new ByteArrayInputStream(stream), limits)) {
      reader.readHeader();
      for (BlockHeader blockHeader = reader.nextBlockHeader();
          blockHeader != null;
          blockHeader = reader.nextBlockHeader()) {
        MetricListCodec.decode(reader.readBlock(blockHeader))
            .forEach(record -> records.add(json(record)));
      }
    }
  }

  private static String json(MetricList record) {
    var text = new StringWriter();
    try (var json = JSON.createGenerator(text)) {
      json.writeStartObject();
      MetricListJson.writeFields(json, record);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** What {@code collector cat} prints of a file. */
  private static final class Printed {
    private final boolean whole;
    private final List<String> out;
    private final List<String> err;

    private Printed(Path file, boolean stats) throws IOException {
      this(List.of(file), stats, Optional.empty());
    }

    private Printed(List<Path> files, boolean stats, Optional<Filter> filter) throws IOException {
      var outBytes = new ByteArrayOutputStream();
      var errBytes = new ByteArrayOutputStream();
      try (var outPrint = new PrintStream(outBytes, false, UTF_8);
          var errPrint = new PrintStream(errBytes, false, UTF_8)) {
        whole =
            new Cat(outPrint, errPrint, stats, filter)
                .show(files.stream().map(PlaybackInput::of).toList());
      }
      out = outBytes.toString(UTF_8).lines().toList();
      err = errBytes.toString(UTF_8).lines().toList();
    }
  }
}
